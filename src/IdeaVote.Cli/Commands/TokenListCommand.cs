using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote token list</c>: lists the tokens without what makes them work.</summary>
internal static class TokenListCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Json);
        var command = new ExampleCommand("list", "Lists the tokens.", details: "", "ideavote token list", "ideavote token list --format json")
        {
            format,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var json = await connection.Connect(parsed).GetAsync<JsonElement>("tokens", cancel);
            var tokens = ApiJson.Read<Page<TokenInfo>>(json).Items;
            if (parsed.GetValue(format) == OutputFormat.Json)
                JsonOutput.Write(host.Out, json);
            else
                TableOutput.Write(host.Out, host.OutWidth, ["id", "name", "scopes", "voter", "expires"], tokens.Select(each => Row(each)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(TokenInfo token) =>
    [
        token.Id,
        token.Name ?? "",
        string.Join(", ", token.Scopes ?? []),
        token.Voter ?? "",
        token.Expires?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "",
    ];
}
