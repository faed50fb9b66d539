using IdeaVote.Cli;

namespace IdeaVote.Server.Tests.Import;

/// <summary>Runs the command <c>ideavote</c> against a real server; what goes over the wire can be watched and interrupted.</summary>
internal sealed class CommandLine(Uri server)
{
    /// <summary>What the last command wrote, both streams.</summary>
    public string Output { get; private set; } = "";

    /// <summary>How many requests the last command sent.</summary>
    public int Requests { get; private set; }

    /// <summary>Called when a request is under way, with its number from 1.</summary>
    public Func<int, Task> Sent { get; set; } = _ => Task.CompletedTask;

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<int> RunAsync(CancellationToken cancel, params string[] args)
    {
        Requests = 0;
        using var http = new HttpClient(new Wire(this));
        using var output = new StringWriter();
        var code = await CliApp.RunAsync(
            args,
            new CliHost
            {
                Http = http,
                Out = output,
                Error = output,
                Environment = name => name switch
                {
                    "IDEAVOTE_URL" => server.OriginalString,
                    "IDEAVOTE_TOKEN" => ServerLaunch.TestToken,
                    _ => null,
                },
            },
            cancel);
        Output = output.ToString();
        return code;
    }

    private sealed class Wire(CommandLine owner) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = base.SendAsync(request, cancellationToken);
            await owner.Sent(++owner.Requests);
            return await response;
        }
    }
}
