using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ideas;

/// <summary>What a list or an answer shows of an idea, copied off the board or the idea; its texts are still to be read.</summary>
/// <param name="Id">The idea.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Text">Its text.</param>
/// <param name="Answer">The team's answer; null for none.</param>
/// <param name="Status">Its status.</param>
/// <param name="Cost">Its cost; null if unknown.</param>
/// <param name="Tally">Its counts; null while scores are hidden.</param>
internal sealed record IdeaCard(
    IdeaId Id, Instant SubmittedAt, TextRef Text, TextRef? Answer, IdeaStatus Status, decimal? Cost, TallyBody? Tally)
{
    /// <summary>The idea that it takes further; null for none.</summary>
    public IdeaId? BuildsOn { get; init; }

    /// <summary>How many comments on it everybody may read; only where it comes off the board.</summary>
    public int Comments { get; init; }

    /// <summary>The idea it is part of; null if it stands for itself.</summary>
    public IdeaId? MergedInto { get; init; }

    /// <summary>The ideas that are part of it; only where one idea is read.</summary>
    public IReadOnlyList<IdeaId> Merged { get; init; } = [];

    /// <summary>An idea as the board has it.</summary>
    public static IdeaCard Of(IdeaTally idea, TallyBody? tally) =>
        new(idea.Id, idea.SubmittedAt, idea.Text, idea.Answer, idea.Status, idea.Cost, tally) { Comments = idea.Comments, MergedInto = idea.MergedInto, BuildsOn = idea.BuildsOn };

    /// <summary>An idea as it is itself.</summary>
    public static IdeaCard Of(IdeaId id, Idea idea, TallyBody? tally) =>
        new(id, idea.Revisions[0].At, idea.Text, idea.Answer, idea.Status, idea.Cost, tally) { MergedInto = idea.MergedInto, BuildsOn = idea.BuildsOn };
}
