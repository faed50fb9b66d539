using System.CommandLine;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary>Which server to speak to, and as whom: options of every command, else the environment.</summary>
internal sealed class ConnectionOptions
{
    private const string DefaultUrl = "http://localhost:5080";
    private const string UrlVariable = "IDEAVOTE_URL";
    private const string TokenVariable = "IDEAVOTE_TOKEN";

    private readonly CliHost host;

    /// <summary>Creates the options.</summary>
    public ConnectionOptions(CliHost host)
    {
        this.host = host;
        Url = new Option<string>("--url")
        {
            Description = $"The server's address. Without it {UrlVariable}, else {DefaultUrl}.",
            HelpName = "URL",
            Recursive = true,
        };
        Token = new Option<string>("--token")
        {
            Description = $"The token to act with. Without it {TokenVariable}, which other users of the machine cannot see.",
            HelpName = "TOKEN",
            Recursive = true,
        };
    }

    /// <summary>The server's address.</summary>
    public Option<string> Url { get; }

    /// <summary>The bearer token.</summary>
    public Option<string> Token { get; }

    /// <summary>A client for the server the command line means.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        var url = Pick(parsed.GetValue(Url), UrlVariable) ?? DefaultUrl;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new UsageException($"'{url}' is no address of a server; give one like {DefaultUrl}");
        if (server.UserInfo.Length > 0)
            throw new UsageException("the server's address takes no name and password; use a token");
        var token = Pick(parsed.GetValue(Token), TokenVariable);
        // Anything else cannot be in a header, and the sender's complaint would show the token.
        if (token?.All(c => c is > ' ' and <= '~') == false)
            throw new UsageException("the token has characters that no token has");
        return new ApiClient(host.Http, new Uri(server.GetLeftPart(UriPartial.Path)), token, host.Time, new Backoff(host.Time, host.Jitter, host.Note));
    }

    private string? Pick(string? given, string variable)
    {
        var value = given ?? host.Environment(variable);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
