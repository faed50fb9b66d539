using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Journal;
using Shouldly;

namespace IdeaVote.Engine.Embedded.Tests.Support;

/// <summary>An engine on a folder, and short words for what is done to it.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly SqliteJournal store;

    private World(SqliteJournal store, FaultyJournal journal, EmbeddedEngine engine)
    {
        this.store = store;
        Journal = journal;
        Engine = engine;
    }

    public static CampaignId Campaign { get; } = new(Name("campaign"));

    public static TextRef Text { get; } = new(new TextId(Name("text")), new string('0', 64));

    public EmbeddedEngine Engine { get; }

    public FaultyJournal Journal { get; }

    public static Id Name(string name) => Id.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static IdeaId Idea(int number) => new(Name($"idea {number}"));

    public static VoterId Voter(int number) => new(Name($"voter {number}"));

    public static async Task<World> OpenAsync(
        TestFolder folder, EmbeddedOptions? options = null, TimeProvider? time = null, IReadOnlyList<IProjection>? projections = null)
    {
        var store = new SqliteJournal(folder.File("journal.db"));
        try
        {
            var journal = new FaultyJournal(store);
            var engine = await EmbeddedEngine.StartAsync(
                journal, SqliteJournal.Partition, store.Snapshots, projections ?? [], options ?? new EmbeddedOptions(), time ?? TimeProvider.System);
            return new World(store, journal, engine);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public async Task CreateAsync(int ideas = 3, ImmutableArray<Stage>? stages = null)
    {
        var rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), new InvestRule(100, null, null), VotesCanChange: true, ScoresHidden: false, null,
            WhoMayVote.Anyone, [], Moderated: false);
        await TakenAsync(StreamId.Of(Campaign), new CreateCampaign(
            Text, Preset.Continuous, rules, stages ?? [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null), new Stage(Allows.None, null)]));
        for (var i = 0; i < ideas; i++)
            await TakenAsync(StreamId.Of(Campaign, Idea(i)), new SubmitIdea(Text, [], null, null));
    }

    public ValueTask<Reply> SendAsync(int voter, VoteCommand vote) => Engine.SendAsync(StreamId.Of(Campaign, Voter(voter)), vote);

    public async Task<Reply> TakenAsync(StreamId stream, Command command)
    {
        var reply = await Engine.SendAsync(stream, command);
        reply.Kind.ShouldBe(ReplyKind.Accepted, reply.Refusal?.Detail);
        return reply;
    }

    public Task<Reply> RateAsync(int voter, int idea, int stars) =>
        TakenAsync(StreamId.Of(Campaign, Voter(voter)), new CastRating(Idea(idea), Scores.Of(stars)));

    public async Task<Ballot> BallotAsync(int voter) =>
        ((Voter)(await Engine.ReadAsync(StreamId.Of(Campaign, Voter(voter)))).State!).Ballot;

    public TallyState Tally(int idea) => Engine.Query(Campaign, (board, _) => board.Find(Idea(idea))!.ToState());

    /// <summary>The board that a fold of the whole feed gives, checking the chain on the way.</summary>
    public async Task<Board> RecountAsync()
    {
        var board = new Board();
        ReadOnlyMemory<byte> previous = HashChain.Origin;
        var hash = new byte[HashChain.HashBytes];
        await foreach (var entry in Engine.FeedAsync(Campaign, Position.Start, follow: false))
        {
            entry.Prev.Span.SequenceEqual(previous.Span).ShouldBeTrue();
            HashChain.Next(entry.Prev.Span, entry.Body.Span, hash);
            entry.Hash.Span.SequenceEqual(hash).ShouldBeTrue();
            board.Apply(EventReader.Read(entry.Body.Span));
            previous = entry.Hash;
        }
        return board;
    }

    /// <summary>Checks that every count equals the recount of the feed.</summary>
    public async Task ShouldEqualRecountAsync()
    {
        var recount = await RecountAsync();
        Engine.Query(Campaign, (board, _) => Dump(board)).ShouldBe(Dump(recount));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        store.Dispose();
    }

    private static string Dump(Board board) => string.Join('\n', board.Ideas
        .Select(idea => $"{idea.Id} {idea.Status} {idea.Approvals} {idea.Raters} {idea.Investors} {idea.Invested} {string.Join(',', idea.ToState().Stars)}")
        .Append($"{board.Voters} voters, revision {board.Revision}, stage {board.Campaign.CurrentStage}"));
}
