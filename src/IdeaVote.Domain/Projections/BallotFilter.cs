using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>Which votes count: those of one segment, those first cast within a time, or both.</summary>
/// <param name="Segment">The voters' segment; null for any.</param>
/// <param name="From">The earliest time of the first casting; null for any.</param>
/// <param name="To">The time before which the vote was first cast; null for any.</param>
public sealed record BallotFilter(TermId? Segment, Instant? From, Instant? To)
{
    /// <summary>All votes count.</summary>
    public static readonly BallotFilter All = new(null, null, null);

    /// <summary>Whether a change of a ballot is of votes that count. Who votes first at some time keeps it, so both sides of a change agree.</summary>
    public bool Takes(BallotEvent change) =>
        (Segment is null || change.Segment == Segment) && (From is null || change.First >= From) && (To is null || change.First < To);
}

/// <summary>Folds the votes that a filter takes onto a board of their own; all else of the campaign comes with them.</summary>
/// <param name="filter">Which votes.</param>
public sealed class FilteredBoard(BallotFilter filter)
{
    private readonly Dictionary<Id, int> held = [];

    /// <summary>The board.</summary>
    public Board Board { get; } = new();

    /// <summary>Folds one event. Each event of the campaign must come exactly once, in the feed's order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        if (filter == BallotFilter.All || recorded.Event is not BallotEvent change)
            Board.Apply(recorded);
        else if (filter.Takes(change))
            Board.Apply(recorded with { Event = Recount(recorded.Stream.Key, change) });
    }

    /// <summary>The change with the number of votes held that count here, by which voters are counted in and out.</summary>
    private BallotEvent Recount(Id voter, BallotEvent change)
    {
        var now = held.GetValueOrDefault(voter) + change.Held - change.HeldBefore;
        if (now == 0)
            held.Remove(voter);
        else
            held[voter] = now;
        return change with { Held = now };
    }
}
