using System.CommandLine;
using System.Globalization;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote token create NAME</c>: issues a token and prints it, the only time it can be seen.</summary>
internal static class TokenCreateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var name = new Argument<string>("NAME") { Description = "What the token is for; shown in the list." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What the token may do. Can be given several times.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        scopes.AcceptOnlyFromAmong("vote", "vote:any", "manage", "export", "admin", "metrics");
        var voter = new Option<string>("--voter") { Description = "The voter the token is bound to.", HelpName = "VOTER" };
        var address = new Option<string>("--address") { Description = "The voter's confirmed e-mail address.", HelpName = "ADDRESS" };
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            Description = "When the token ends: a date or time of ISO 8601, UTC unless it says otherwise.",
            HelpName = "TIME",
            CustomParser = result => Time(result.Tokens[0].Value, result.AddError),
        };
        var command = new ExampleCommand(
            "create",
            "Issues a token.",
            """
            The token alone goes to stdout. It cannot be shown again.
            vote acts for the voter the token is bound to, vote:any for every voter; manage runs campaigns; export reads
            the feed and hidden scores; metrics scrapes the server's metrics; admin may everything.
            """,
            "ideavote token create importer --scope manage --scope vote:any",
            "ideavote token create ann --scope vote --voter ann --address ann@example.com --expires 2030-01-31",
            "IDEAVOTE_TOKEN=$(ideavote token create nightly --scope export)")
        {
            name,
            scopes,
            voter,
            address,
            expires,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var wanted = new NewToken(
                parsed.GetRequiredValue(name),
                [.. parsed.GetRequiredValue(scopes).Distinct(StringComparer.Ordinal)],
                parsed.GetValue(voter),
                parsed.GetValue(address),
                parsed.GetValue(expires));
            // Every run issues a token of its own; only the tries of one run are one request.
            var issued = await connection.Connect(parsed).PostAsync<TokenInfo>("tokens", wanted, Guid.NewGuid().ToString(), cancel);
            host.Note($"token {issued.Id} for {wanted.Name}: keep it now, it is not shown again");
            host.Out.WriteLine(Output.TerminalText.Clean(issued.Token));
            return ExitCodes.Done;
        });
        return command;
    }

    private static DateTimeOffset? Time(string text, Action<string> error)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, Utc, out var time))
            return time;
        error($"'{text}' is no time; write it like 2030-01-31 or 2030-01-31T18:00Z.");
        return null;
    }
}
