using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace IdeaVote.Cli.Commands;

/// <summary>A command whose help ends with what the short description leaves out, and examples.</summary>
internal sealed class ExampleCommand(string name, string description, string details, params string[] examples) : Command(name, description)
{
    /// <summary>What only the command's own help says.</summary>
    public string Details { get; } = details;

    /// <summary>Whole command lines to copy.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Adds the details and examples to the usual help.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Makes the root's help option, and so that of all commands, show examples.</summary>
    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
    }

    /// <summary>How the command is called, from the program's name on.</summary>
    public static string FullName(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command; result is CommandResult each; result = result.Parent)
            names.Push(each.Command is RootCommand ? "ideavote" : each.Command.Name);
        return string.Join(' ', names);
    }

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        if (command is ExampleCommand { Details: { Length: > 0 } details })
            output.WriteLine(details);
        var examples = Examples(command).ToList();
        if (examples.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
        }
        return code;
    }

    // A group of commands shows one example of each.
    private static IEnumerable<string> Examples(Command command) =>
        command is ExampleCommand { Examples: { Count: > 0 } own } ? own : command.Subcommands.SelectMany(each => Examples(each).Take(1));
}
