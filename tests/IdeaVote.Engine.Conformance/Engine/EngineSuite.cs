using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>
/// The ground of every suite over the port: an engine on an empty store for each test, and short words for what is done to it.
/// It takes a position for a token: it is waited for and resumed after, and never computed with.
/// </summary>
public abstract class EngineSuite : IAsyncLifetime
{
    public const int Budget = 100;
    protected static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Only a failing test ever waits so long.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    protected static CampaignId Campaign { get; } = Names.Campaign(0);

    protected ManualTime Time { get; } = new(Noon);

    protected EngineHost Host { get; private set; } = null!;

    protected IEngine Engine => Host.Engine;

    /// <summary>About how many commands may wait; null for the engine's own choice.</summary>
    protected virtual int? QueueCommands => null;

    public async Task InitializeAsync() => Host = await StartAsync(new EngineSetup(Time, QueueCommands));

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>Starts the engine under test on an empty store.</summary>
    protected abstract Task<EngineHost> StartAsync(EngineSetup setup);

    protected static StreamId Voter(int voter) => StreamId.Of(Campaign, Names.Voter(voter));

    protected static StreamId Idea(int idea) => StreamId.Of(Campaign, Names.Idea(idea));

    protected static CastRating Rating(int idea, int stars, string? id = null) =>
        new(Names.Idea(idea), Scores.Of(stars)) { Id = id is null ? null : Names.Command(id) };

    protected static CastInvestment Investment(int idea, int credits, string? id = null) =>
        new(Names.Idea(idea), credits) { Id = id is null ? null : Names.Command(id) };

    protected static CreateCampaign Creation(ImmutableArray<Stage>? stages = null)
    {
        var rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), new InvestRule(Budget, null, null), VotesCanChange: true, ScoresHidden: false, null,
            WhoMayVote.Anyone, [], Moderated: false);
        return new CreateCampaign(
            Names.Text, Preset.Continuous, rules, stages ?? [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null), new Stage(Allows.None, null)]);
    }

    protected async Task CreateAsync(int ideas = 3, ImmutableArray<Stage>? stages = null, CampaignId? campaign = null)
    {
        var id = campaign ?? Campaign;
        await TakenAsync(StreamId.Of(id), Creation(stages));
        for (var i = 0; i < ideas; i++)
            await TakenAsync(StreamId.Of(id, Names.Idea(i)), new SubmitIdea(Names.Text, [], null, null));
    }

    protected Task<Reply> SendAsync(StreamId stream, Command command) => Engine.SendAsync(stream, command).AsTask().WaitAsync(Patience);

    /// <summary>Sends what must be accepted, and waits until the boards include it.</summary>
    protected async Task<Reply> TakenAsync(StreamId stream, Command command) => await ShouldBeTakenAsync(await SendAsync(stream, command));

    protected async Task<Reply> ShouldBeTakenAsync(Reply reply)
    {
        reply.Kind.ShouldBe(ReplyKind.Accepted, reply.Refusal?.Detail);
        (await Engine.WaitAsync(reply.Position, Patience)).ShouldBeTrue();
        return reply;
    }

    protected async Task<Aggregate> StateAsync(StreamId stream)
    {
        var reply = await Engine.ReadAsync(stream).AsTask().WaitAsync(Patience);
        reply.Kind.ShouldBe(ReplyKind.Accepted);
        return reply.State!;
    }

    protected async Task<Ballot> BallotAsync(int voter) => ((Voter)await StateAsync(Voter(voter))).Ballot;

    protected TallyState Tally(int idea, CampaignId? campaign = null) =>
        Engine.Query(campaign ?? Campaign, (board, _) => board.Find(Names.Idea(idea))!.ToState());

    /// <summary>Checks that the feed is whole and that every count on the board equals its recount.</summary>
    protected async Task ShouldEqualRecountAsync(CampaignId? campaign = null)
    {
        var id = campaign ?? Campaign;
        var feed = await Engine.ReadFeedAsync(id);
        feed.ShouldBeChained();
        var events = feed.ConvertAll(Feeds.Recorded);
        events.ShouldBeOrdered();
        (await Engine.WaitAsync(feed[^1].Position, Patience)).ShouldBeTrue();
        var recount = new Board();
        events.ForEach(recount.Apply);
        Engine.Query(id, (board, _) => board.Describe()).ShouldBe(recount.Describe());
    }
}
