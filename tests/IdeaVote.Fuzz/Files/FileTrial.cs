using System.Globalization;
using System.Text;
using IdeaVote.Fuzz.Api;
using IdeaVote.Fuzz.Commands;
using IdeaVote.Server.Tests.Support;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Files;

/// <summary>Gives commands files that are nearly right, and judges how they end.</summary>
/// <param name="server">The server that the commands are about.</param>
/// <param name="output">Where the counts go.</param>
internal sealed class FileTrial(FuzzedServer server, ITestOutputHelper output) : IDisposable
{
    /// <summary>Where the files are.</summary>
    public TempFolder Folder { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();

    /// <summary>A campaign with a few votes of each sort.</summary>
    public async Task<string> VotedAsync(string name)
    {
        var campaign = $"file-{name}-{Guid.NewGuid():N}"[..40];
        var api = $"/api/v1/campaigns/{campaign}";
        await server.SendAsync(HttpMethod.Post, "/api/v1/campaigns", $$$"""
            {"key":"{{{campaign}}}","title":"File","stages":[{"name":"vote","allows":["submit","discuss","vote"]},{"name":"over","allows":[]}],"publishBallots":true,
             "approve":{"max":null},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":1000},"rank":{"maxLength":5},"duel":{},"fund":{"amount":150,"unit":"EUR"}}
            """);
        foreach (var reference in new[] { "one", "two", "three" })
            await server.SendAsync(HttpMethod.Post, $"{api}/ideas", $$"""{"title":"An idea","reference":"{{reference}}","cost":100}""");
        foreach (var voter in new[] { "ada", "bob", "cy" })
            await server.SendAsync(
                HttpMethod.Put, $"{api}/ballot", """{"approve":["ref:one"],"rate":{"ref:two":{"overall":4}},"invest":{"ref:three":30},"rank":["ref:one"],"duel":[["ref:one","ref:two"]]}""", voter);
        return campaign;
    }

    /// <summary>What the command exports of a campaign.</summary>
    public async Task<byte[]> ExportAsync(string campaign, params string[] what)
    {
        var path = Folder.File("export.jsonl");
        var ended = await Shell.RunAsync(server.Address, ["export", campaign, .. what, "--output", path]);
        ended.Code.ShouldBe(0, ended.Said);
        return await File.ReadAllBytesAsync(path);
    }

    /// <summary>Gives a command one changed file after the other.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="right">What it holds when it is right.</param>
    /// <param name="change">Makes something else of that.</param>
    /// <param name="permille">The share of all inputs.</param>
    /// <param name="command">The command; {file} in it is the file, {new} a name that is not taken.</param>
    public async Task FuzzAsync(string name, byte[] right, Func<byte[], Random, byte[]> change, int permille, params string[] command)
    {
        var (findings, codes) = (new Findings(), new Counts());
        var path = Folder.File(name);
        for (var seed = Run.FirstSeed; seed < Run.FirstSeed + Run.Share(permille) && !findings.IsFull; seed++)
        {
            var random = Run.Of(seed);
            // Now and then it is right: what is refused always is not tried.
            var bytes = random.OneIn(25) ? right : change(right, random);
            await File.WriteAllBytesAsync(path, bytes);
            var made = Folder.File($"new-{seed}");
            var isKey = command.Contains("--campaign");
            string[] args = [.. command.Select(word => word.Replace("{file}", path, StringComparison.Ordinal).Replace("{new}", isKey ? $"{Guid.NewGuid():N}" : made, StringComparison.Ordinal))];
            var ended = await Shell.RunAsync(server.Address, args);
            codes.Add(ended.Code.ToString(CultureInfo.InvariantCulture));
            if (Shell.Judge(ended) is { } wrong)
                findings.Add(seed, $"{string.Join(' ', args)} with\n{Shown(bytes)}", wrong);
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }

        output.WriteLine($"files: {codes.Sum} of {name} for {string.Join(' ', command.Where(static word => !word.Contains('/')))}; exit codes {codes}");
        findings.ShouldBeNone();
        server.Errors.ShouldBeEmpty();
        if (Run.IsLong)
            codes.Of("0").ShouldBeGreaterThan(0);
    }

    // What is text is shown; of anything else, and of what is long, the seed makes it again.
    private static string Shown(byte[] bytes) => bytes.Length > 20_000 ? $"{bytes.Length} bytes" : Encoding.UTF8.GetString(bytes);
}
