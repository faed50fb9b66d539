using System.Diagnostics;
using IdeaVote.Cli;
using IdeaVote.Cli.Tests.Support;
using IdeaVote.Fuzz.Api;

namespace IdeaVote.Fuzz.Commands;

/// <summary>Runs the command <c>ideavote</c> in this process, and judges how it ends.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly int[] Codes = [ExitCodes.Done, ExitCodes.SomeRefused, ExitCodes.Disagrees, ExitCodes.Usage, ExitCodes.File, ExitCodes.Server];

    /// <summary>Runs a command line as the administrator of a server.</summary>
    public static Task<Ended> RunAsync(Uri server, params IReadOnlyList<string> args) =>
        RunAsync(server, new Dictionary<string, string>(StringComparer.Ordinal) { ["IDEAVOTE_URL"] = server.OriginalString, ["IDEAVOTE_TOKEN"] = FuzzedServer.AdminToken }, args);

    /// <summary>Runs a command line.</summary>
    /// <param name="server">The only server that there is.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="args">The arguments.</param>
    public static async Task<Ended> RunAsync(Uri server, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> args)
    {
        using var http = new HttpClient(new OnlyTo(server)) { Timeout = Patience };
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource(Patience);
        var watch = Stopwatch.StartNew();
        try
        {
            var code = await CliApp.RunAsync(
                args,
                // The clock on which every wait is over at once: a server that can't be reached is tried again for minutes.
                new CliHost { Http = http, Out = output, Error = TextWriter.Synchronized(error), Environment = environment.GetValueOrDefault, Time = new InstantTime() },
                stop.Token);
            return new Ended(code, output.ToString(), error.ToString(), watch.Elapsed, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Ended(-1, output.ToString(), error.ToString(), watch.Elapsed, e);
        }
    }

    /// <summary>What is wrong with how a command ended; null if nothing is.</summary>
    public static string? Judge(Ended ended)
    {
        if (ended.Thrown is not null)
            return $"threw {ended.Thrown}";
        if (ended.Time >= Patience)
            return $"took {ended.Time}";
        if (!Codes.Contains(ended.Code))
            return $"ended with {ended.Code}: {ended.Said}";
        // A stack trace, or the name of an exception: nothing that people can do something about.
        if (ended.Said.Contains("\n   at ", StringComparison.Ordinal) || ended.Said.Contains("Exception", StringComparison.Ordinal))
            return $"spoke of exceptions: {ended.Said}";
        return ended.Code != ExitCodes.Done && ended.Said.Length == 0 && ended.Output.Length == 0 ? $"ended with {ended.Code} and without a word" : null;
    }

    // What is tried never leaves the machine, whatever address an argument has.
    private sealed class OnlyTo(Uri server) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri?.Authority == server.Authority ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException(HttpRequestError.NameResolutionError, "There is no such server.");
    }
}

/// <summary>How a command ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Said">What it wrote to standard error.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Thrown">What it threw, which it never should.</param>
internal sealed record Ended(int Code, string Output, string Said, TimeSpan Time, Exception? Thrown);
