namespace IdeaVote.Domain.Tests.Support;

/// <summary>Where a scenario begins: <c>A.Voter.Given(…).When(…).Then(…)</c>.</summary>
public static class A
{
    public static Scenario Campaign => new(StreamId.Of(TheCampaign));

    public static Scenario Idea => new(StreamId.Of(TheCampaign, Park));

    public static Scenario Thread => new(StreamId.Of(TheCampaign, First));

    public static Scenario Voter => new(StreamId.Of(TheCampaign, Ann));
}

/// <summary>
/// One aggregate in a test: what happened before, at what time and in what campaign it acts. Unless told otherwise, the
/// campaign is open for everything under <see cref="Plain"/> rules and knows three published ideas.
/// </summary>
public sealed class Scenario(StreamId stream)
{
    private readonly Dictionary<IdeaId, IdeaStatus> statuses = new()
    {
        [Park] = IdeaStatus.Published,
        [Bench] = IdeaStatus.Published,
        [Tree] = IdeaStatus.Published,
    };

    private Campaign campaign = CampaignWith(Plain, Open, Closed);
    private Instant now = T(100);

    public Aggregate State { get; private set; } = Aggregate.Empty(stream.Kind);

    public Scenario Given(params Event[] events) => Given(null, events);

    public Scenario Given(CommandId? command, params Event[] events)
    {
        foreach (var e in events)
            State = State.Apply(new RecordedEvent(stream, State.Version + 1, now, e, command));
        return this;
    }

    public Scenario At(Instant moment)
    {
        now = moment;
        return this;
    }

    public Scenario In(Campaign where)
    {
        campaign = where;
        return this;
    }

    public Scenario Under(Rules rules) => In(CampaignWith(rules, Open, Closed));

    public Scenario While(IdeaId idea, IdeaStatus status)
    {
        statuses[idea] = status;
        return this;
    }

    /// <summary>The command acts; it is the business of <see cref="Outcome"/> to say what came of it.</summary>
    public Outcome When(Command command)
    {
        var context = new FixedContext(now, campaign, idea => statuses.TryGetValue(idea, out var status) ? status : null);
        var decision = State.Decide(command, context);
        Given(command.Id, decision.Events.ToArray());
        return new Outcome(this, decision);
    }

    /// <summary>The command must have been taken; for what leads up to what is tested.</summary>
    public Scenario After(params Command[] commands)
    {
        foreach (var command in commands)
            When(command).ThenTaken();
        return this;
    }
}
