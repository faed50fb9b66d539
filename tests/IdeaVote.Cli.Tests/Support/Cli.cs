namespace IdeaVote.Cli.Tests.Support;

/// <summary>Drives the command line in this process, against the fake API and a clock without waiting.</summary>
internal sealed class Cli : IDisposable
{
    private readonly HttpClient http;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ideavote-cli-");

    public Cli() => http = new HttpClient(Api);

    public FakeApi Api { get; } = new();

    public InstantTime Time { get; } = new();

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["IDEAVOTE_TOKEN"] = "secret" };

    public int? OutWidth { get; set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public async Task<int> RunAsync(CancellationToken cancel, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CliApp.RunAsync(
            args,
            new CliHost
            {
                Http = http,
                Out = output,
                Error = error,
                Environment = Environment.GetValueOrDefault,
                Time = Time,
                Jitter = () => 0.5,
                OutWidth = OutWidth,
            },
            cancel);
        Out = output.ToString();
        Error = error.ToString();
        return code;
    }

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose()
    {
        http.Dispose();
        directory.Delete(recursive: true);
    }
}
