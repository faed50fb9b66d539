using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>
/// Goes through a feed and checks that each merge moves as many votes as it says and that nobody ever spends more than there is; knows
/// whether every vote is where the team's merges and closings have it.
/// </summary>
/// <param name="budgetCredits">Each voter's budget.</param>
internal sealed class MergeAudit(int budgetCredits)
{
    private readonly Dictionary<IdeaId, (IdeaId? Into, long Cause)> placed = [];
    private readonly HashSet<IdeaId> closed = [];
    private readonly Dictionary<(Id Voter, IdeaId Idea), (IdeaId? Into, long Cause)> followed = [];
    private readonly Dictionary<(Id Voter, IdeaId Idea), int> votes = [];
    private readonly Dictionary<(Id Voter, IdeaId Idea), int> credits = [];
    private readonly Dictionary<Id, int> changesLeft = [];

    /// <summary>Whether no vote stands on an idea that is part of another, none follows what is not so, and no credits lie in a closed idea.</summary>
    public bool IsSettled =>
        !votes.Any(entry => entry.Value > 0 && placed.GetValueOrDefault(entry.Key.Idea).Into is not null)
        && followed.All(entry => placed.GetValueOrDefault(entry.Key.Idea) == entry.Value)
        && !credits.Any(entry => entry.Value > 0 && closed.Contains(entry.Key.Idea));

    public static void Check(IEnumerable<RecordedEvent> feed, int budgetCredits)
    {
        var audit = new MergeAudit(budgetCredits);
        foreach (var recorded in feed)
            audit.Add(recorded);
        audit.changesLeft.Values.ShouldAllBe(left => left == 0);
    }

    public void Add(RecordedEvent recorded)
    {
        var voter = recorded.Stream.Key;
        var left = changesLeft.GetValueOrDefault(voter);
        if (left > 0)
            recorded.Event.ShouldBeAssignableTo<BallotEvent>($"{left} more changes of a merge are due.");
        switch (recorded.Event)
        {
            case IdeaStatusChanged e:
                Place(new IdeaId(voter), recorded.Version, e);
                break;
            case VotesMerged e:
                followed[(voter, e.From)] = (e.Into, e.Cause);
                changesLeft[voter] = e.Changes;
                break;
            case VotesUnmerged e:
                followed.Remove((voter, e.From)).ShouldBeTrue();
                changesLeft[voter] = e.Changes;
                break;
            case BallotEvent e:
                changesLeft[voter] = left - Math.Min(left, 1);
                Count(voter, e);
                if (left <= 1)
                    credits.Where(entry => entry.Key.Voter == voter).Sum(entry => entry.Value).ShouldBeLessThanOrEqualTo(budgetCredits);
                break;
        }
    }

    private void Place(IdeaId idea, long version, IdeaStatusChanged e)
    {
        if (e.Old == IdeaStatus.Merged || e.New == IdeaStatus.Merged)
            placed[idea] = (e.Into, version);
        _ = e.New.ReturnsInvestments() ? closed.Add(idea) : closed.Remove(idea);
    }

    private void Count(Id voter, BallotEvent ballot)
    {
        switch (ballot)
        {
            case OrderChanged e:
                foreach (var idea in e.Old)
                    Add(idea, -1);
                foreach (var idea in e.New)
                    Add(idea, 1);
                break;
            case VoteEvent e:
                var change = (e.Is ? 1 : 0) - (e.Was ? 1 : 0);
                Add(e.Idea, change);
                if (e is DuelChanged duel)
                    Add(duel.Other, change);
                if (e is InvestmentChanged investment)
                    credits[(voter, e.Idea)] = investment.New;
                break;
        }

        void Add(IdeaId idea, int more) => votes[(voter, idea)] = votes.GetValueOrDefault((voter, idea)) + more;
    }
}
