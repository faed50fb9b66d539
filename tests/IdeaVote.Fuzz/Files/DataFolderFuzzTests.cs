using IdeaVote.Engine.Journal;
using IdeaVote.Fuzz.Api;
using IdeaVote.Gateway.Limits;
using IdeaVote.Server;
using IdeaVote.Server.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Files;

/// <summary>Whatever happened to a data folder: a server starts on it, or says in time what is wrong with it.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class DataFolderFuzzTests(ITestOutputHelper output)
{
    private const int Permille = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [ThoroughFact]
    public async Task Any_data_folder_is_served_or_refused()
    {
        using var folder = new TempFolder();
        var whole = folder.Data;
        await RunAsync(whole, static server => server.OpenDemoAsync(CancellationToken.None));
        var (findings, ends) = (new Findings(), new Counts());
        for (var seed = Run.FirstSeed; seed < Run.FirstSeed + Run.Share(Permille) && !findings.IsFull; seed++)
        {
            var (random, damaged) = (Run.Of(seed), folder.File($"damaged-{seed}"));
            var what = await DamageAsync(whole, damaged, random);
            try
            {
                await RunAsync(damaged).WaitAsync(Patience);
                ends.Add("served");
            }
            // What the server's command says in one line, and ends.
            catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException or FormatException)
            {
                ends.Add($"refused ({what})");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                findings.Add(seed, $"{what} changed", e.ToString());
            }
            Directory.Delete(damaged, recursive: true);
        }

        output.WriteLine($"data folders: {ends.Sum}; {ends}");
        findings.ShouldBeNone();
    }

    private static async Task RunAsync(string data, Func<IdeaVoteServer, Task>? meanwhile = null)
    {
        var options = new ServerOptions { DataFolder = data, Urls = "http://127.0.0.1:0", Rates = RateOptions.Off };
        await using var server = await IdeaVoteServer.CreateAsync(options, static builder => builder.Logging.ClearProviders());
        await server.App.StartAsync();
        if (meanwhile is not null)
            await meanwhile(server);
        await server.App.StopAsync();
    }

    // One file of it changed, cut short, emptied or gone.
    private static async Task<string> DamageAsync(string whole, string damaged, Random random)
    {
        Directory.CreateDirectory(damaged);
        var files = Directory.GetFiles(whole);
        foreach (var file in files)
            File.Copy(file, Path.Combine(damaged, Path.GetFileName(file)));
        var chosen = Path.Combine(damaged, Path.GetFileName(random.Pick(files)));
        var bytes = await File.ReadAllBytesAsync(chosen);
        switch (random.Next(5))
        {
            case 0:
                File.Delete(chosen);
                break;
            case 1:
                await File.WriteAllBytesAsync(chosen, bytes[..random.Next(bytes.Length + 1)]);
                break;
            default:
                // In place: whatever moves behind it is no database any more.
                for (var times = bytes.Length == 0 ? 0 : random.Next(1, 30); times > 0; times--)
                    bytes[random.OneIn(3) ? random.Next(Math.Min(200, bytes.Length)) : random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                await File.WriteAllBytesAsync(chosen, bytes);
                break;
        }
        return Path.GetFileName(chosen);
    }
}
