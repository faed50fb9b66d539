using System.Collections.Immutable;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Campaigns;

/// <summary>What a team announces as the result of its campaign.</summary>
/// <param name="Text">What it says about it.</param>
/// <param name="By">The ranking by which ideas are shown; the choice is the team's.</param>
/// <param name="Chosen">The ideas chosen, each once, in the team's order; none if none was.</param>
public sealed record Announcement(TextRef Text, RankBy By, ImmutableArray<IdeaId> Chosen)
{
    /// <summary>The most ideas that are chosen.</summary>
    public const int MaxChosen = 100;

    /// <summary>Why this can't be announced; null if it can.</summary>
    /// <param name="rules">The campaign's rules.</param>
    /// <param name="statusOf">The status of an idea; null if there is no such idea.</param>
    public Refusal? Check(Rules rules, Func<IdeaId, IdeaStatus?> statusOf)
    {
        if (Rankers.Missing(By, rules) is { } method)
            return new Refusal(RefusalCode.MethodOff, $"{method} is off in this campaign; show the ideas by another ranking.", "by");
        if (Chosen.Length > MaxChosen)
            return new Refusal(RefusalCode.InvalidResults, $"At most {MaxChosen} ideas can be chosen.", "chosen");
        if (Chosen.Distinct().Count() != Chosen.Length)
            return new Refusal(RefusalCode.InvalidResults, "An idea is named twice.", "chosen");
        foreach (var idea in Chosen)
        {
            if (statusOf(idea) is not { } status)
                return new Refusal(RefusalCode.IdeaNotFound, "There is no such idea in this campaign.", "chosen");
            if (!status.IsRanked())
                return new Refusal(RefusalCode.InvalidResults, $"An idea that is {status.InWords()} can't be chosen; change its status first.", "chosen");
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(Announcement? other) =>
        other is not null && Text == other.Text && By == other.By && Chosen.AsSpan().SequenceEqual(other.Chosen.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, By, Chosen.Length);
}

/// <summary>What has been announced, and when.</summary>
/// <param name="What">The result as it stands.</param>
/// <param name="First">When a result was first announced.</param>
/// <param name="Last">When it was last changed; the same moment if it never was.</param>
public sealed record Announced(Announcement What, Instant First, Instant Last);
