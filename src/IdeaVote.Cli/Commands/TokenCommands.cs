using System.CommandLine;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote token</c>: manages the tokens programs act with.</summary>
internal static class TokenCommands
{
    /// <summary>Creates the group with its commands.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection) =>
        new("token", "Manages the tokens programs act with. Needs a token with the scope admin.")
        {
            TokenCreateCommand.Create(host, connection),
            TokenListCommand.Create(host, connection),
            Revoke(host, connection),
        };

    private static ExampleCommand Revoke(CliHost host, ConnectionOptions connection)
    {
        var id = new Argument<string>("ID") { Description = "The token's id, as the list shows it." };
        var command = new ExampleCommand("revoke", "Makes a token useless at once.", details: "", "ideavote token revoke 0abc123")
        {
            id,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            await connection.Connect(parsed).DeleteAsync($"tokens/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", cancel);
            host.Note($"token {parsed.GetValue(id)} is revoked");
            return ExitCodes.Done;
        });
        return command;
    }
}
