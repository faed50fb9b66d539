using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IdeaVote.Server.Settings;

/// <summary>Adds the variables of the environment to the usual help.</summary>
internal sealed class SettingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Makes the command's help show them.</summary>
    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new SettingHelp((HelpAction)help.Action!);
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Environment:");
        foreach (var setting in SettingTable.All)
        {
            output.WriteLine($"  {setting.Name}={setting.Form}");
            output.WriteLine($"      {setting.Meaning}");
        }
        return code;
    }
}
