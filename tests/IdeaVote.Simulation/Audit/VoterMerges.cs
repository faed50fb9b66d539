using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Simulation.Audit;

/// <summary>
/// What one voter's stream says of merged ideas, event after event: which changes of the ballot are no act of the voter, and whether what was
/// merged and undone again is as it was.
/// </summary>
/// <param name="voter">The voter.</param>
/// <param name="votes">The votes of all, counted up to the event that is looked at.</param>
internal sealed class VoterMerges(StreamId voter, IReadOnlyDictionary<(StreamId Voter, IdeaId Idea, Type Method), object> votes)
{
    private readonly Dictionary<IdeaId, (IdeaId Into, long Cause)> followed = [];
    private Dictionary<(IdeaId, Type), object>? before;
    private MergeEvent? moving;
    private int changes;
    private long spent;

    /// <summary>The merges that the votes follow, by the idea that became part of another.</summary>
    public IReadOnlyDictionary<IdeaId, (IdeaId Into, long Cause)> Followed => followed;

    /// <summary>Whether votes are being moved: the turn goes on.</summary>
    public bool IsMoving => moving is not null;

    /// <summary>Looks at an event before it is counted.</summary>
    /// <returns>Whether it moves a vote because of a merge.</returns>
    public bool Begin(RecordedEvent recorded)
    {
        if (changes > 0)
        {
            if (recorded.Event is not BallotEvent)
                throw new ViolationException($"{recorded} comes where {moving} promises {changes} more changes of the ballot.");
            changes--;
            return true;
        }
        switch (recorded.Event)
        {
            case MergeEvent e:
                Begin(e);
                break;
            // Only what the voter did nothing to in between must come back as it was; credits given back are gone as well.
            case InvestmentChanged { Cause: not null }:
            case BallotEvent when recorded.Actor is null:
                before = null;
                break;
        }
        return false;
    }

    /// <summary>Looks at what an event has come to.</summary>
    public void End()
    {
        if (moving is null || changes > 0)
            return;
        var now = Mine();
        if (moving is VotesMerged merged && now.Keys.Any(vote => vote.Idea == merged.From))
            throw new ViolationException($"{voter} still has votes on {merged.From} after {merged}.");
        if (moving is VotesMerged && Spent(now) > spent)
            throw new ViolationException($"{moving} of {voter} made {Spent(now)} credits of {spent}.");
        if (followed.Count == 0 && before is not null && !(before.Count == now.Count && before.All(vote => Equals(now.GetValueOrDefault(vote.Key), vote.Value))))
            throw new ViolationException($"{moving} of {voter} gave back {string.Join(", ", now)} instead of {string.Join(", ", before)}.");
        moving = null;
    }

    private void Begin(MergeEvent e)
    {
        (moving, changes) = (e, e.Changes);
        var mine = Mine();
        spent = Spent(mine);
        switch (e)
        {
            case VotesMerged merged:
                if (followed.Count == 0)
                    before = mine;
                followed[merged.From] = (merged.Into, merged.Cause);
                break;
            case VotesUnmerged unmerged when !followed.Remove(unmerged.From):
                throw new ViolationException($"{voter} undoes what was not merged: {unmerged}.");
        }
    }

    private Dictionary<(IdeaId Idea, Type Method), object> Mine() =>
        votes.Where(vote => vote.Key.Voter == voter).ToDictionary(vote => (vote.Key.Idea, vote.Key.Method), vote => vote.Value);

    private static long Spent(Dictionary<(IdeaId Idea, Type Method), object> mine) => mine.Values.Sum(vote => vote as int? ?? 0L);
}
