using System.CommandLine;

namespace IdeaVote.Server;

/// <summary>Asks a server on this machine whether it takes requests: for containers, whose images hold no shell to ask with.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What stands for "all addresses", and is none that can be called.
    private static readonly string[] Anywhere = ["+", "*", "0.0.0.0", "[::]"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where the server listens.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://localhost:5080",
            HelpName = "URL",
        };
        var command = new Command("healthcheck", "Asks the server on this machine whether it takes requests; 0 if it does, 1 if not.") { urls };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(urls), cancellation));
        return command;
    }

    /// <summary>The address to ask, of those that a server was told to listen on.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    internal static Uri Target(string urls)
    {
        ListenUrls.Check(urls);
        var address = BindingAddress.Parse(urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0]);
        var host = Anywhere.Contains(address.Host, StringComparer.Ordinal) ? "127.0.0.1" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}/healthz/ready");
    }

    private static async Task<int> RunAsync(string urls, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(Target(urls), cancellation);
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync($"Not ready: {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or FormatException)
        {
            await Console.Error.WriteLineAsync($"Not ready: {e.Message}");
        }
        return 1;
    }
}
