using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>A campaign whose voters are the real aggregates, its feed, and what carries out refunds: the loop of events and commands, without an engine.</summary>
internal sealed class RefundWorld
{
    private static readonly Rules Rules = new(null, null, new InvestRule(100, null, null), true, false, null, WhoMayVote.Anyone, [], false);

    private readonly Dictionary<VoterId, Voter> voters = [];
    private readonly Dictionary<IdeaId, IdeaStatus> statuses = [];
    private readonly Context context;
    private readonly Feed feed;

    public RefundWorld(CampaignId campaign)
    {
        feed = new Feed(campaign);
        context = new Context(statuses);
    }

    /// <summary>Everything that happened.</summary>
    public List<RecordedEvent> History { get; } = [];

    public CampaignId Campaign => feed.Campaign;

    public int CreditsOf(VoterId voter, IdeaId idea) =>
        voters.TryGetValue(voter, out var state) && state.Ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;

    public void SetStatus(IdeaId idea, IdeaStatus status)
    {
        History.Add(feed.Status(idea, statuses.GetValueOrDefault(idea, IdeaStatus.Published), status));
        statuses[idea] = status;
    }

    public void Publish(IdeaId idea) => statuses[idea] = IdeaStatus.Published;

    /// <summary>Sends a voter a command.</summary>
    /// <returns>How many events that made.</returns>
    public int Send(VoterId voter, Command command)
    {
        var result = Turn.Run(StreamId.Of(Campaign, voter), voters.GetValueOrDefault(voter, Voter.None), command, context);
        result.Refusal.ShouldBeNull();
        voters[voter] = (Voter)result.State;
        History.AddRange(result.Events);
        return result.Events.Length;
    }

    public void Invest(VoterId voter, IdeaId idea, int credits) => Send(voter, new CastInvestment(idea, credits));

    /// <summary>Carries out all refunds that the index knows of, a page at a time.</summary>
    /// <returns>How many events that made.</returns>
    public async Task<int> RefundAsync(SqliteBackersIndex index)
    {
        var events = 0;
        while (await index.NextRefundAsync() is { } owed)
        {
            var page = await index.InvestorsAsync(owed.Campaign, owed.Idea, owed.After, 3);
            foreach (var backer in page)
                events += Send(backer.Voter, Refunds.GiveBack(owed.Idea, owed.Cause, backer));
            await index.AdvanceAsync(owed, page.Count == 0 ? null : page[^1].Voter);
        }
        while (await index.LateRefundsAsync(2) is { Count: > 0 } late)
        {
            foreach (var refund in late)
                events += Send(refund.Voter, new ReturnInvestment(refund.Idea, refund.Version, refund.Cause));
            await index.FinishAsync(late);
        }
        return events;
    }

    private sealed class Context(Dictionary<IdeaId, IdeaStatus> statuses) : TurnContext
    {
        public override Instant Now => new(1);

        public override Campaign Campaign { get; } = Campaign.Restore(
            1, new TextRef(default, ""), Preset.Continuous, Rules, [new Stage(Allows.Vote, null)], 0, default, true);

        public override IdeaStatus? StatusOf(IdeaId idea) => statuses.TryGetValue(idea, out var status) ? status : null;
    }
}
