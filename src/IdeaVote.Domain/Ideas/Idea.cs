using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Ideas;

/// <summary>An idea: its texts, tags, cost, authors and status, each with its history. Votes never touch it.</summary>
public sealed class Idea : Aggregate
{
    /// <summary>The most tags on one idea.</summary>
    public const int MaxTags = 20;

    /// <summary>The most revisions and the most status changes one idea keeps; more are refused.</summary>
    public const int MaxHistory = 1_000;

    /// <summary>The largest cost, in the campaign's unit.</summary>
    public const decimal MaxCost = 1_000_000_000_000_000m;

    /// <summary>An idea that does not exist.</summary>
    public static readonly Idea None = new();

    /// <summary>Rebuilds an idea from a snapshot.</summary>
    public static Idea Restore(
        long version, ImmutableArray<Revision> revisions, ImmutableArray<StatusEntry> statuses,
        ImmutableArray<TermId> tags, decimal? cost, ImmutableArray<VoterId> authors, ImmutableArray<TextId> erased,
        IdeaId? buildsOn = null) => new()
        {
            Version = version,
            Revisions = revisions,
            Statuses = statuses,
            Tags = tags,
            Cost = cost,
            Authors = authors,
            Erased = erased,
            BuildsOn = buildsOn,
        };

    /// <summary>Whether the idea has been submitted.</summary>
    public bool Exists => Version > 0;

    /// <summary>Every text it has had, oldest first.</summary>
    public ImmutableArray<Revision> Revisions { get; private init; } = [];

    /// <summary>Every status it has had, oldest first.</summary>
    public ImmutableArray<StatusEntry> Statuses { get; private init; } = [];

    /// <summary>Its tags.</summary>
    public ImmutableArray<TermId> Tags { get; private init; } = [];

    /// <summary>What it would cost, in the campaign's unit; null if unknown.</summary>
    public decimal? Cost { get; private init; }

    /// <summary>Who submitted it; empty when the team did.</summary>
    public ImmutableArray<VoterId> Authors { get; private init; } = [];

    /// <summary>The idea that it takes further; null for none.</summary>
    public IdeaId? BuildsOn { get; private init; }

    /// <summary>Those of its texts and answers that have been erased.</summary>
    public ImmutableArray<TextId> Erased { get; private init; } = [];

    /// <summary>Its current text.</summary>
    public TextRef Text => Revisions[^1].Text;

    /// <summary>Its current status.</summary>
    public IdeaStatus Status => Statuses[^1].Status;

    /// <summary>The idea it is part of; null if it stands for itself.</summary>
    public IdeaId? MergedInto => Statuses[^1].Into;

    /// <summary>
    /// The team's current answer: the last it gave to everybody; null for none. While the idea is hidden, why it is, for those who may still see it.
    /// </summary>
    public TextRef? Answer => Status == IdeaStatus.Hidden
        ? Statuses[^1].Answer
        : Statuses.LastOrDefault(static entry => entry is { Answer: not null, Status: not IdeaStatus.Hidden })?.Answer;

    /// <summary>Its statuses as whoever may see the idea now may read them: why it was hidden is told only while it is.</summary>
    public IEnumerable<StatusEntry> History => Statuses.Select((entry, i) =>
        entry.Status == IdeaStatus.Hidden && i < Statuses.Length - 1 ? entry with { Answer = null } : entry);

    /// <inheritdoc/>
    public override Decision Decide(Command command, TurnContext context) => command switch
    {
        SubmitIdea submit => Decide(submit, context),
        _ when !Exists => Decision.Refuse(RefusalCode.IdeaNotFound, "There is no such idea in this campaign."),
        _ when command.ExpectedVersion is { } expected && expected != Version =>
            Decision.Refuse(RefusalCode.IdeaChanged, "The idea has changed in the meantime; read it and decide again."),
        EditIdea edit => Decide(edit, context),
        SetIdeaStatus set => Decide(set),
        MergeIdea merge => Decide(merge, context),
        UnmergeIdea => Unmerge(),
        EraseIdeaText erase => Holds(erase.Text) && !Erased.Contains(erase.Text)
            ? Decision.Of(new IdeaTextErased(erase.Text))
            : Decision.Unchanged,
        _ => throw new ArgumentException($"{command.GetType().Name} is not an idea's command.", nameof(command)),
    };

    /// <inheritdoc/>
    public override Aggregate Apply(RecordedEvent recorded) => recorded.Event switch
    {
        IdeaSubmitted e => Restore(
            recorded.Version, [new Revision(recorded.At, e.Text)], [new StatusEntry(recorded.At, e.Status, null)], e.Tags, e.Cost, e.Authors, [], e.BuildsOn),
        IdeaEdited e => Restore(recorded.Version, Revisions.Add(new Revision(recorded.At, e.New)), Statuses, Tags, Cost, Authors, Erased, BuildsOn),
        IdeaRetagged e => Restore(recorded.Version, Revisions, Statuses, e.New, Cost, Authors, Erased, BuildsOn),
        IdeaCostChanged e => Restore(recorded.Version, Revisions, Statuses, Tags, e.New, Authors, Erased, BuildsOn),
        IdeaStatusChanged e => Restore(
            recorded.Version, Revisions, Statuses.Add(new StatusEntry(recorded.At, e.New, e.Answer, e.Into)), Tags, Cost, Authors, Erased, BuildsOn),
        IdeaTextErased e => Restore(recorded.Version, Revisions, Statuses, Tags, Cost, Authors, Erased.Add(e.Text), BuildsOn),
        _ => throw new ArgumentException($"{recorded.Event.GetType().Name} is not an idea's event.", nameof(recorded)),
    };

    private Decision Decide(SubmitIdea submit, TurnContext context)
    {
        if (Exists)
            return Decision.Unchanged;
        if (!context.Campaign.Exists)
            return Decision.Refuse(RefusalCode.CampaignNotFound, "There is no such campaign.");
        if (!context.Campaign.AllowsAt(context.Now, Allows.Submit))
            return Decision.Refuse(RefusalCode.StageClosed, "The campaign's current stage takes no new ideas.");
        if (submit.BuildsOn is { } original && context.StatusOf(original) is null)
            return Decision.Refuse(RefusalCode.IdeaNotFound, "There is no such idea in this campaign to build on.", "buildsOn");
        return Check(submit.Tags, submit.Cost) is { } refusal
            ? refusal
            : Decision.Of(new IdeaSubmitted(
                submit.Text, submit.Tags, submit.Cost, submit.Author is { } author ? [author] : [],
                context.Campaign.Rules.Moderated && submit.Author is not null ? IdeaStatus.Submitted : IdeaStatus.Published,
                submit.BuildsOn));
    }

    private Decision Decide(EditIdea edit, TurnContext context)
    {
        if (edit.Editor is { } editor)
        {
            if (!Authors.Contains(editor))
                return Decision.Refuse(RefusalCode.NotAuthor, "Only the idea's author and the team may edit it.");
            if (!context.Campaign.AllowsAt(context.Now, Allows.Submit))
                return Decision.Refuse(RefusalCode.StageClosed, "The campaign's current stage takes no edits by authors; ask the team.");
            // "Once votes are in" would tell an author whether there are votes while scores are hidden; that voting has opened tells nothing.
            if (edit.Cost is { } wish && wish.Cost != Cost && context.Campaign.HasOpenedAt(context.Now))
                return Decision.Refuse(RefusalCode.CostFrozen, "Voting has opened; only the team may change the cost now.", "cost");
        }
        if (Check(edit.Tags ?? Tags, edit.Cost is null ? Cost : edit.Cost.Cost) is { } refusal)
            return refusal;

        var events = new List<Event>(3);
        if (edit.Text is { } text && text.Hash != Text.Hash)
        {
            if (Revisions.Length >= MaxHistory)
                return Decision.Refuse(RefusalCode.InvalidRules, $"An idea keeps at most {MaxHistory} revisions.");
            events.Add(new IdeaEdited(Text, text));
        }
        if (edit.Tags is { } tags && !tags.SequenceEqual(Tags))
            events.Add(new IdeaRetagged(Tags, tags));
        if (edit.Cost is { } cost && cost.Cost != Cost)
            events.Add(new IdeaCostChanged(Cost, cost.Cost));
        return Decision.Of([.. events]);
    }

    private Decision Decide(SetIdeaStatus set)
    {
        if (set.Status == Status && (set.Answer is null || set.Answer == Answer))
            return Decision.Unchanged;
        if (set.Status == IdeaStatus.Merged || Status == IdeaStatus.Merged)
            return Decision.Refuse(RefusalCode.StatusNotSettable, "An idea becomes part of another by merging the two, not by its status.", "status");
        if (set.Status == IdeaStatus.Submitted && Status != IdeaStatus.Submitted)
            return Decision.Refuse(RefusalCode.StatusNotSettable, "An idea that was published can't go back to submitted; withdraw it.", "status");
        if (Statuses.Length >= MaxHistory)
            return Decision.Refuse(RefusalCode.StatusNotSettable, $"An idea keeps at most {MaxHistory} status changes.", "status");
        return Decision.Of(new IdeaStatusChanged(Status, set.Status, set.Answer));
    }

    private Decision Decide(MergeIdea merge, TurnContext context)
    {
        if (Status == IdeaStatus.Merged)
            return MergedInto == merge.Into
                ? Decision.Unchanged
                : Decision.Refuse(RefusalCode.IdeaMerged, "The idea is part of another already; undo that first.", "into");
        if (!Status.TakesVotes())
            return Decision.Refuse(RefusalCode.IdeaNotMergeable, $"The idea can't become part of another: it is {Status.InWords()}.");
        if (merge.Into == merge.Idea)
            return Decision.Refuse(RefusalCode.IdeaNotMergeable, "An idea can't become part of itself.", "into");
        if (context.StatusOf(merge.Into) is not { } target)
            return Decision.Refuse(RefusalCode.IdeaNotFound, "There is no such idea in this campaign to merge it into.", "into");
        if (!target.TakesVotes())
            return Decision.Refuse(RefusalCode.IdeaNotMergeable, $"Nothing can be merged into that idea: it is {target.InWords()}.", "into");
        return Statuses.Length >= MaxHistory - 1
            ? Decision.Refuse(RefusalCode.StatusNotSettable, $"An idea keeps at most {MaxHistory} status changes.")
            : Decision.Of(new IdeaStatusChanged(Status, IdeaStatus.Merged, merge.Answer) { Into = merge.Into });
    }

    private Decision Unmerge() => Status == IdeaStatus.Merged
        ? Decision.Of(new IdeaStatusChanged(IdeaStatus.Merged, Statuses[^2].Status, null))
        : Decision.Unchanged;

    private bool Holds(TextId text) => Revisions.Any(r => r.Text.Id == text) || Statuses.Any(s => s.Answer?.Id == text);

    private static Refusal? Check(ImmutableArray<TermId> tags, decimal? cost)
    {
        if (tags.Length > MaxTags)
            return new Refusal(RefusalCode.InvalidRules, $"An idea has at most {MaxTags} tags.", "tags");
        return cost is < 0 or > MaxCost
            ? new Refusal(RefusalCode.InvalidRules, $"A cost is 0 to {MaxCost}.", "cost")
            : null;
    }
}

/// <summary>One text an idea has had.</summary>
/// <param name="At">Since when.</param>
/// <param name="Text">The text.</param>
public sealed record Revision(Instant At, TextRef Text);

/// <summary>One status an idea has had.</summary>
/// <param name="At">Since when.</param>
/// <param name="Status">The status.</param>
/// <param name="Answer">The team's answer, if it gave one.</param>
/// <param name="Into">The idea it became part of, where the status is merged.</param>
public sealed record StatusEntry(Instant At, IdeaStatus Status, TextRef? Answer, IdeaId? Into = null);
