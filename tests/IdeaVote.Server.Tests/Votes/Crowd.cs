using System.Collections.Concurrent;

namespace IdeaVote.Server.Tests.Votes;

/// <summary>
/// Voters of two kinds, who outlive the server they speak to: some vote by hand, one thing after the other, others have their whole ballots
/// sent in bulk. Each kind changes its mind all the time.
/// </summary>
internal sealed class Crowd
{
    private const int ByHand = 8;
    private const int Streams = 2;
    private const int VotersOfStream = 25;

    private readonly VoterLedger[] single = [.. Enumerable.Range(0, ByHand).Select(n => new VoterLedger($"hand-{n}"))];

    private readonly VoterLedger[][] bulk =
        [.. Enumerable.Range(0, Streams).Select(s => Enumerable.Range(0, VotersOfStream).Select(n => new VoterLedger($"bulk-{s}-{n}")).ToArray())];

    private readonly string[] ideas;
    private readonly Random random;

    public Crowd(string[] ideas, int seed) => (this.ideas, random) = (ideas, new Random(seed));

    public IEnumerable<VoterLedger> Voters => [.. single, .. bulk.SelectMany(voters => voters)];

    /// <summary>Sets everybody voting until the server is gone, refuses, or <paramref name="stop"/>.</summary>
    /// <param name="client">Speaks to the server.</param>
    /// <param name="counts">Whether an answer that arrives now still counts as one; always unless given.</param>
    /// <param name="stop">Lets everybody finish what they are at.</param>
    public CrowdAtWork Vote(HttpClient client, Func<bool>? counts = null, CancellationToken stop = default)
    {
        var work = new CrowdAtWork(client, counts ?? (() => true), stop);
        work.Start([
            .. single.Select(voter => new HandVoting(work, voter, ideas, new Random(random.Next())).RunAsync()),
            .. bulk.Select(voters => new BulkVoting(work, voters, ideas, new Random(random.Next())).RunAsync()),
        ]);
        return work;
    }
}

/// <summary>A crowd's voting on one server.</summary>
internal sealed class CrowdAtWork(HttpClient client, Func<bool> counts, CancellationToken stop)
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> awaited = [];
    private int acknowledged;
    private Task all = Task.CompletedTask;

    public HttpClient Client => client;

    /// <summary>How many votes and ballots were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>The codes of the refusals met.</summary>
    public ConcurrentBag<string> Refusals { get; } = [];

    public bool GoesOn => !stop.IsCancellationRequested;

    public void Start(Task[] voting) => all = Task.WhenAll(voting);

    /// <summary>Waits until so many have been acknowledged.</summary>
    public async Task ReachAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (acknowledged >= count)
                return;
            awaited.Add((count, reached));
        }
        await Task.WhenAny(reached.Task, all).WaitAsync(Eventually.Patience);
        if (!reached.Task.IsCompleted)
            await all;
        reached.Task.IsCompleted.ShouldBeTrue($"the voting ended after {Acknowledged} answers: {string.Join(", ", Refusals)}");
    }

    /// <summary>Waits until nobody votes any more.</summary>
    public Task EndAsync() => all.WaitAsync(Eventually.Patience);

    /// <summary>Notes an answer.</summary>
    /// <returns>False if it came too late to count.</returns>
    public bool Acknowledge(VoterLedger voter)
    {
        if (!counts())
            return false;
        voter.Acknowledge();
        lock (gate)
        {
            acknowledged++;
            foreach (var (_, reached) in awaited.Where(a => a.Count == acknowledged))
                reached.TrySetResult();
        }
        return true;
    }
}
