using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>
/// A campaign: who may do what, when and how. It alone decides on rules and stages; votes never touch it.
/// </summary>
public sealed class Campaign : Aggregate
{
    /// <summary>The most stages a campaign can have.</summary>
    public const int MaxStages = 20;

    /// <summary>A campaign that does not exist.</summary>
    public static readonly Campaign None = new();

    /// <summary>Rebuilds a campaign from a snapshot.</summary>
    public static Campaign Restore(
        long version, TextRef text, Preset preset, Rules rules, ImmutableArray<Stage> stages,
        int currentStage, Instant since, bool votingOpened, Announced? results = null) => new()
        {
            Version = version,
            Text = text,
            Preset = preset,
            Rules = rules,
            Stages = stages,
            CurrentStage = currentStage,
            Since = since,
            VotingOpened = votingOpened,
            Results = results,
        };

    /// <summary>Whether the campaign has been created.</summary>
    public bool Exists => Version > 0;

    /// <summary>Its current text.</summary>
    public TextRef Text { get; private init; } = null!;

    /// <summary>The course it was made from.</summary>
    public Preset Preset { get; private init; }

    /// <summary>Its rules; <see cref="Rules.None"/> before it is created.</summary>
    public Rules Rules { get; private init; } = Rules.None;

    /// <summary>Its stages, in order.</summary>
    public ImmutableArray<Stage> Stages { get; private init; } = [];

    /// <summary>The number of the stage last recorded as entered, from 0. See <see cref="StageAt"/>.</summary>
    public int CurrentStage { get; private init; }

    /// <summary>From when on that stage is in force.</summary>
    public Instant Since { get; private init; }

    /// <summary>Whether a stage that allows voting has been recorded as entered. See <see cref="HasOpenedAt"/>.</summary>
    public bool VotingOpened { get; private init; }

    /// <summary>What the team has announced as the result; null for nothing.</summary>
    public Announced? Results { get; private init; }

    /// <summary>
    /// The number of the stage in force at <paramref name="now"/>. It depends on the clock alone, not on whether
    /// anything has noticed that a start time passed: a vote that comes too late is refused even when the wake-up is late too.
    /// A stage the team entered holds until the next scheduled start after it.
    /// </summary>
    public int StageAt(Instant now)
    {
        var (stage, since) = (CurrentStage, Since);
        while (NextScheduled(since, now) is { } next)
            (stage, since) = next;
        return stage;
    }

    /// <summary>When the next stage starts by itself after <paramref name="now"/>; null if none does.</summary>
    public Instant? NextStartAfter(Instant now)
    {
        Instant? next = null;
        foreach (var stage in Stages)
            if (stage.Starts is { } starts && starts > now && (next is null || starts < next))
                next = starts;
        return next;
    }

    /// <summary>Whether the stage in force at <paramref name="now"/> allows <paramref name="what"/>.</summary>
    public bool AllowsAt(Instant now, Allows what) => Exists && (Stages[StageAt(now)].Allows & what) == what;

    /// <summary>Whether voting has ever been open by <paramref name="now"/>; from then on most rules are frozen.</summary>
    public bool HasOpenedAt(Instant now)
    {
        if (VotingOpened)
            return true;
        var since = Since;
        while (NextScheduled(since, now) is { } next)
        {
            if (Stages[next.Stage].TakesVotes)
                return true;
            since = next.Since;
        }
        return false;
    }

    /// <summary>
    /// Whether everybody may see tallies at <paramref name="now"/>: always if the rules hide nothing, else once voting
    /// has opened and neither the stage in force, nor any later one, nor any that has yet to start by itself allows it.
    /// </summary>
    public bool ScoresVisibleAt(Instant now) => !Rules.ScoresHidden || VotingIsOverAt(now);

    /// <summary>
    /// Since when voting has been over, if it is at <paramref name="now"/>; null if it has not opened, or if the stage in force, a later one, or one
    /// that has yet to start by itself allows it. The team may still begin an earlier stage again.
    /// </summary>
    public Instant? VotingOverSince(Instant now)
    {
        if (!Exists || !VotingIsOverAt(now))
            return null;
        var since = Since;
        while (NextScheduled(since, now) is { } next)
            since = next.Since;
        return since;
    }

    private bool VotingIsOverAt(Instant now)
    {
        if (!HasOpenedAt(now))
            return false;
        var current = StageAt(now);
        for (var i = 0; i < Stages.Length; i++)
            if (Stages[i].TakesVotes && (i >= current || Stages[i].Starts > now))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override Decision Decide(Command command, TurnContext context) => command switch
    {
        CreateCampaign create => Decide(create, context.Now),
        _ when !Exists => Decision.Refuse(RefusalCode.CampaignNotFound, "There is no such campaign."),
        _ when command.ExpectedVersion is { } expected && expected != Version =>
            Decision.Refuse(RefusalCode.CampaignChanged, "The campaign has changed in the meantime; read it and decide again."),
        EnterStage enter => Decide(enter, context.Now),
        ChangeCampaign change => Decide(change, context.Now),
        AnnounceResults announce => Decide(announce, context),
        KeepSchedule => Decision.Of([.. DueStages(context.Now)]),
        _ => throw new ArgumentException($"{command.GetType().Name} is not a campaign's command.", nameof(command)),
    };

    /// <inheritdoc/>
    public override Aggregate Apply(RecordedEvent recorded) => recorded.Event switch
    {
        CampaignCreated e => Restore(
            recorded.Version, e.Text, e.Preset, e.Rules, e.Stages, 0, recorded.At, e.Stages[0].TakesVotes),
        CampaignDescribed e => With(recorded.Version, text: e.New),
        RulesChanged e => With(recorded.Version, rules: e.New),
        // The new list may put a stage that takes votes in the place of the one in force.
        ScheduleChanged e => Restore(
            recorded.Version, Text, Preset, Rules, e.New, CurrentStage, Since, VotingOpened || e.New[CurrentStage].TakesVotes, Results),
        StageEntered e => Restore(
            recorded.Version, Text, Preset, Rules, Stages, e.New, e.Since, VotingOpened || Stages[e.New].TakesVotes, Results),
        ResultsAnnounced e => With(recorded.Version, results: new Announced(e.New, Results?.First ?? recorded.At, recorded.At)),
        _ => throw new ArgumentException($"{recorded.Event.GetType().Name} is not a campaign's event.", nameof(recorded)),
    };

    private Decision Decide(CreateCampaign create, Instant now)
    {
        if (Exists)
            return Decision.Unchanged;
        if ((RuleCheck.Check(create.Rules) ?? RuleCheck.Check(create.Stages)) is { } refusal)
            return refusal;
        var created = new CampaignCreated(create.Text, create.Preset, create.Rules, create.Stages);
        // A schedule that is under way already begins where it stands; only later starts would bring it on.
        for (var i = create.Stages.Length - 1; i > 0; i--)
            if (create.Stages[i].Starts is { } starts && starts <= now)
                return Decision.Of(created, new StageEntered(0, i, starts, Scheduled: true));
        return Decision.Of(created);
    }

    private Decision Decide(EnterStage enter, Instant now)
    {
        if (enter.Stage < 0 || enter.Stage >= Stages.Length)
            return Decision.Refuse(RefusalCode.UnknownStage, "The campaign has no such stage.", "stage");
        var events = DueStages(now);
        var stage = events.Count > 0 ? ((StageEntered)events[^1]).New : CurrentStage;
        if (stage != enter.Stage)
            events.Add(new StageEntered(stage, enter.Stage, now, Scheduled: false));
        return Decision.Of([.. events]);
    }

    private Decision Decide(ChangeCampaign change, Instant now)
    {
        var rules = change.Rules ?? Rules;
        var stages = change.Stages ?? Stages;
        var refusal = RuleCheck.Check(rules) ?? RuleCheck.Check(stages);
        if (refusal is null && HasOpenedAt(now))
            refusal = RuleFreeze.Check(Rules, rules) ?? RuleFreeze.Check(Stages, stages, StageAt(now), now);
        // Without this, a shorter list would leave the campaign in a stage that is no more.
        if (refusal is null && stages.Length <= StageAt(now))
            refusal = new Refusal(RefusalCode.InvalidRules, "The campaign has already entered a stage that the new list lacks; keep at least as many stages.", "stages");
        if (refusal is not null)
            return refusal;

        // What the old schedule already brought about is recorded before the new one takes its place.
        var events = DueStages(now);
        if (change.Text is not null && change.Text != Text)
            events.Add(new CampaignDescribed(Text, change.Text));
        if (rules != Rules)
            events.Add(new RulesChanged(Rules, rules));
        if (!stages.SequenceEqual(Stages))
            events.Add(new ScheduleChanged(Stages, stages));
        return Decision.Of([.. events]);
    }

    private Decision Decide(AnnounceResults announce, TurnContext context)
    {
        if (announce.Results == Results?.What)
            return Decision.Unchanged;
        if (VotingOverSince(context.Now) is null)
            return Decision.Refuse(RefusalCode.VotingNotOver, "Voting is open, or is still to come; announce results once it is over.");
        return announce.Results.Check(Rules, context.StatusOf) is { } refusal
            ? refusal
            : Decision.Of([.. DueStages(context.Now), new ResultsAnnounced(Results?.What, announce.Results)]);
    }

    private List<Event> DueStages(Instant now)
    {
        var events = new List<Event>();
        var (stage, since) = (CurrentStage, Since);
        while (NextScheduled(since, now) is { } next)
        {
            events.Add(new StageEntered(stage, next.Stage, next.Since, Scheduled: true));
            (stage, since) = next;
        }
        return events;
    }

    private (int Stage, Instant Since)? NextScheduled(Instant since, Instant now)
    {
        (int Stage, Instant Since)? next = null;
        for (var i = 0; i < Stages.Length; i++)
            if (Stages[i].Starts is { } starts && starts > since && starts <= now && (next is null || starts < next.Value.Since))
                next = (i, starts);
        return next;
    }

    private Campaign With(long version, TextRef? text = null, Rules? rules = null, Announced? results = null) =>
        Restore(version, text ?? Text, Preset, rules ?? Rules, Stages, CurrentStage, Since, VotingOpened, results ?? Results);
}
