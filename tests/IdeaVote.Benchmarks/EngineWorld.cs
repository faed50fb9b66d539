using System.Collections.Immutable;
using System.Security.Cryptography;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Embedded;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Journal;

namespace IdeaVote.Benchmarks;

/// <summary>An embedded engine on a real folder, with one campaign that rates and any number of ideas.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly SqliteJournal journal;

    private EngineWorld(SqliteJournal journal, EmbeddedEngine engine) => (this.journal, Engine) = (journal, engine);

    public static CampaignId Campaign { get; } = new(Id("campaign", 0));

    public EmbeddedEngine Engine { get; }

    public static IdeaId Idea(int number) => new(Id("idea", number));

    /// <summary>Ids made beforehand: hashing names is not what is measured.</summary>
    public static StreamId[] Voters(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => StreamId.Of(Campaign, new VoterId(Id("voter", number))))];

    public static async Task<EngineWorld> OpenAsync(string folder, IReadOnlyList<IProjection>? projections = null)
    {
        var store = new SqliteJournal(Path.Combine(folder, "journal.db"));
        var engine = await EmbeddedEngine.StartAsync(
            store, SqliteJournal.Partition, store.Snapshots, projections ?? [], new EmbeddedOptions(), TimeProvider.System);
        return new EngineWorld(store, engine);
    }

    public async Task PrepareAsync(int ideas)
    {
        var text = new TextRef(new TextId(Id("text", 0)), new string('0', 64));
        var rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), null, VotesCanChange: true, ScoresHidden: false, null, WhoMayVote.Anyone, [], Moderated: false);
        await Engine.SendAsync(
            StreamId.Of(Campaign),
            new CreateCampaign(text, Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null)]));
        await Task.WhenAll(Enumerable.Range(0, ideas).Select(i => Engine.SendWhenRoomAsync(
            StreamId.Of(Campaign, Idea(i)), new SubmitIdea(text, ImmutableArray<TermId>.Empty, null, null)).AsTask()));
    }

    /// <summary>Sends ratings from many callers at once, each waiting for its answer before it sends the next.</summary>
    /// <returns>Seconds until the last answer.</returns>
    public async Task<double> RateAsync(int callers, StreamId[] voters, IdeaId[] ideas, int ratingsEach, Func<int, int, int> ideaOf)
    {
        var next = -1;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var turn && turn < voters.Length * ratingsEach)
            {
                // All voters cast their first rating, then all their second: as when a crowd votes, not one person after the other.
                var (round, voter) = (turn / voters.Length, turn % voters.Length);
                var reply = await Engine.SendWhenRoomAsync(
                    voters[voter], new CastRating(ideas[ideaOf(voter, round)], Scores.Of(1 + (voter + round) % 5)));
                if (reply.Kind != ReplyKind.Accepted)
                    throw new InvalidOperationException($"A rating was not accepted: {reply}");
            }
        })));
        return watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        journal.Dispose();
    }

    private static Id Id(string kind, int number) =>
        Domain.Kernel.Id.FromBytes(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind} {number}")));
}
