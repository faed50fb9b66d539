using IdeaVote.Domain.Projections;

namespace IdeaVote.Portal.Analysis;

/// <summary>What the page of participation shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="IsWeekly">Whether its periods are weeks.</param>
/// <param name="Periods">Days or weeks from the first in which somebody did something to the last, without gaps.</param>
/// <param name="Funnel">How far people went.</param>
/// <param name="HasMethods">Whether there are several ways to vote.</param>
/// <param name="Segments">What stands in each segment.</param>
/// <param name="Names">The segments' names that the visitor gave, as they gave them; null for none.</param>
/// <param name="Unmatched">Names that are of no segment with votes.</param>
public sealed record ParticipationModel(
    string Campaign, bool IsWeekly, IReadOnlyList<PeriodPart> Periods, Funnel Funnel, bool HasMethods, IReadOnlyList<SegmentRow> Segments, string? Names,
    IReadOnlyList<string> Unmatched)
{
    /// <summary>Who brought whom.</summary>
    public required WordOfMouthModel Mouth { get; init; }

    /// <summary>All votes cast.</summary>
    public long Votes => Periods.Sum(period => period.Votes);
}

/// <summary>A segment.</summary>
/// <param name="Id">Its id; empty for voters without a segment.</param>
/// <param name="Name">Its name, if the visitor gave it.</param>
/// <param name="Part">What stands in it.</param>
public sealed record SegmentRow(string Id, string? Name, SegmentPart Part);
