using IdeaVote.Engine.Journal;
using IdeaVote.Faults.Scenarios;
using IdeaVote.Faults.Workload;
using IdeaVote.Server;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Faults.Damage;

/// <summary>What came of a start on damaged files.</summary>
/// <param name="Kind">In two or three words, to be counted.</param>
/// <param name="Wrong">What is wrong with it; null if nothing is.</param>
/// <param name="What">More about it.</param>
internal sealed record Outcome(string Kind, Wrong? Wrong = null, string? What = null);

/// <summary>Two data folders with votes, to be copied and damaged: of a server that was killed, and of one that was stopped.</summary>
internal sealed class DamageSample : IDisposable
{
    private const int Votes = 200;

    private readonly TempFolder folder = new();
    private string expected = "";

    private string Killed => folder.File("killed");

    private string Stopped => folder.File("stopped");

    public static async Task<DamageSample> MakeAsync(Report report, int seed)
    {
        var sample = new DamageSample();
        await using var world = new World(report, seed);
        await world.BeginAsync();
        await world.VoteAsync(Votes, async () => { await Task.CompletedTask; });
        await world.CheckAsync();
        // The projections have it all: they remember how long the journal was.
        await Api.GetAsync(world.Client, "/ideas?q=Idea", after: world.Electorate.Voters.Select(voter => voter.Position).First(position => position is not null));
        await world.KillAsync();
        Copy(world.Data, sample.Killed);
        await world.StartAsync();
        await world.EndAsync();
        Copy(world.Data, sample.Stopped);
        sample.expected = await ServeAsync(sample.Stopped);
        if (!string.Equals(sample.expected, await ServeAsync(sample.Killed), StringComparison.Ordinal))
            report.Find(Wrong.Doubled, "what a killed server left is not what the next one served");
        return sample;
    }

    /// <summary>What is damaged, where, and how.</summary>
    public IEnumerable<(string What, bool WasKilled, IEnumerable<FileDamage> Damages)> Targets()
    {
        const string Log = "journal.db-wal";
        const string Journal = "journal.db";
        var log = new FileInfo(Path.Combine(Killed, Log)).Length;
        const int Frame = 24 + 4096;
        yield return ("last record of the log, flipped", true, FileDamage.Flips(Log, log - Frame, log));
        yield return ("last record of the log, cut", true, FileDamage.Cuts(Log, log - Frame, log));
        yield return ("head of the log, flipped", true, FileDamage.Flips(Log, 0, 32));
        yield return ("anywhere in the log, flipped", true, FileDamage.Flips(Log, 32, log - Frame).Where(d => d.Offset % 499 == 0));
        var pages = new JournalPages(Path.Combine(Stopped, Journal));
        yield return ("last event, flipped", false, pages.LastEvent.SelectMany(r => FileDamage.Flips(Journal, r.From, r.To)));
        yield return ("snapshots of aggregates, flipped", false, pages.Used("snapshot").SelectMany(r => FileDamage.Flips(Journal, r.From, r.To)).Where(d => d.Offset % 3 == 0));
        yield return ("snapshots of boards, flipped", false, pages.Used("board").SelectMany(r => FileDamage.Flips(Journal, r.From, r.To)).Where(d => d.Offset % 3 == 0));
        yield return ("checkpoint, flipped", false, pages.Used("checkpoint").SelectMany(r => FileDamage.Flips(Journal, r.From, r.To)));
        yield return ("journal, cut", false, FileDamage.Cuts(Journal, pages.Length - 4096, pages.Length));
    }

    /// <summary>Damages a copy and starts on it.</summary>
    public async Task<Outcome> TryAsync(bool wasKilled, FileDamage damage)
    {
        using var copy = new TempFolder();
        Copy(wasKilled ? Killed : Stopped, copy.Data);
        damage.Do(copy.Data);
        try
        {
            var served = await ServeAsync(copy.Data).WaitAsync(TimeSpan.FromMinutes(1));
            return string.Equals(served, expected, StringComparison.Ordinal) ? new("served as it was") : new("served WRONGLY", Wrong.Lost, "it serves something else");
        }
        catch (JournalException e)
        {
            return e.Message.Contains('\n', StringComparison.Ordinal) ? new("refused in many lines", Wrong.Unexplained, e.Message) : new("refused with a reason");
        }
        catch (TimeoutException)
        {
            return new("HUNG", Wrong.Unexplained, "it neither starts nor ends");
        }
        // Whatever else it is, the process would end with the inside of the program on the screen.
        catch (Exception e)
        {
            return new("ended WITHOUT a reason", Wrong.Unexplained, e.ToString());
        }
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> ServeAsync(string data)
    {
        using var copy = new TempFolder();
        Copy(data, copy.Data);
        await using var server = await IdeaVoteServer.CreateAsync(new ServerOptions { DataFolder = copy.Data, AdminToken = Server.FaultyLaunch.Token });
        return await Fingerprint.OfAsync(server.App.Services.GetRequiredService<Engine.IEngine>());
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var path in Directory.GetFiles(source))
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
    }
}
