using System.Reflection;

namespace IdeaVote.Server;

/// <summary>What a server says when it listens: where, where its data lies, and what to try next.</summary>
internal static class Welcome
{
    /// <summary>The product's version.</summary>
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    public static async Task WriteAsync(TextWriter output, Uri address, string folder, string? journal, string? tokenFile, string? setup)
    {
        await output.WriteLineAsync($"""
            IdeaVote {Version}
              Listening on  {address}
              Data in       {folder}{(journal is null ? "" : $"\n  Journal in    PostgreSQL, {journal}")}
              Admin token   {tokenFile ?? "from IDEAVOTE_ADMIN_TOKEN"}{(setup is null ? "" : $"\n  Set up at     {new Uri(address, setup)}  makes the first administrator of the portal")}

            Try next
              {address}                       the portal
              {address}openapi/v1.json        the API's description
              export IDEAVOTE_URL={address} IDEAVOTE_TOKEN={(tokenFile is null ? "$IDEAVOTE_ADMIN_TOKEN" : $"$(cat '{tokenFile}')")}
              dotnet run --project src/IdeaVote.Cli -- import FILE.pb
            Ctrl+C stops.

            """);
        await output.FlushAsync();
    }
}
