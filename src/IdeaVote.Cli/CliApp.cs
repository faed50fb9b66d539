using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using IdeaVote.Cli.Backup;
using IdeaVote.Cli.Commands;

namespace IdeaVote.Cli;

/// <summary>The command line: parses arguments and runs what they ask for.</summary>
internal static class CliApp
{
    // After Ctrl+C a command only has to let go of its connection and flush its file.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="host">The world outside.</param>
    /// <param name="cancel">Ends the command like Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancel = default)
    {
        // A title may begin with @, which otherwise would name a file to read arguments from.
        var parsed = Root(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Farewell,
        };
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                host.Note($"ideavote: {error.Message}");
            host.Note($"Try: {ExampleHelp.FullName(parsed.CommandResult)} --help");
            return ExitCodes.Usage;
        }
        if (Valueless(parsed) is { } name)
        {
            host.Note($"ideavote: {name} has no value");
            return ExitCodes.Usage;
        }
        return await parsed.InvokeAsync(configuration, cancel);
    }

    // What takes an empty text for its value, from a variable that a script never set, or the name of the option after it, which the parser lets through even where only
    // some words are taken. Address and token may be empty: they mean what they mean when they are not given.
    private static string? Valueless(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        string[] names = [.. command.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(static option => option.Recursive)).SelectMany(static option => (string[])[option.Name, .. option.Aliases])];
        foreach (var each in command.Children.Where(each => each.Tokens.Any(token => token.Value.Length == 0 || names.Contains(token.Value, StringComparer.Ordinal))))
            switch (each)
            {
                case OptionResult { Option: { Recursive: false } option }:
                    return option.Name;
                case ArgumentResult { Argument: var argument }:
                    return argument.Name;
            }
        return null;
    }

    /// <summary>The root command with everything below it.</summary>
    public static RootCommand Root(CliHost host)
    {
        var connection = new ConnectionOptions(host);
        var root = new RootCommand("Works with an IdeaVote server: imports elections, shows rankings and portfolios, exports and verifies the feed, manages tokens, takes and restores backups.")
        {
            connection.Url,
            connection.Token,
            ImportCommand.Create(host, connection),
            LeaderboardCommand.Create(host, connection),
            PortfolioCommand.Create(host, connection),
            ExportCommand.Create(host, connection),
            VerifyCommand.Create(host),
            CampaignsCommand.Create(host, connection),
            TokenCommands.Create(host, connection),
            BackupCommand.Create(host, connection),
            RestoreCommand.Create(host),
        };
        ExampleHelp.Install(root);
        return root;
    }
}
