using System.Collections.Immutable;

namespace IdeaVote.Domain.Tests.World;

/// <summary>
/// One campaign, a few ideas and voters, everything that happens to them, and nothing of an engine: a turn is decide, then
/// apply. Who votes knows an idea's status by hearsay, as on several machines; refunds arrive when the script says.
/// </summary>
public sealed class SmallWorld
{
    public const int Ideas = 4;
    public const int Voters = 3;

    private readonly Dictionary<StreamId, Aggregate> states = [];
    private readonly Dictionary<IdeaId, IdeaStatus> heard = [];
    private readonly List<RecordedEvent> feed = [];
    private int seconds = 1;

    public SmallWorld(Rules rules)
    {
        Send(StreamId.Of(TheCampaign), new CreateCampaign(
            Doc("campaign"), Preset.Continuous, rules, [Submitting, Open.From(T(4)), Review.From(T(200)), Open.From(T(230)), Closed]));
        for (var idea = 0; idea < Ideas - 1; idea++)
            Run(new Submits(idea, idea));
        Run(new Passes(3, Wakes: false));
    }

    public IReadOnlyList<RecordedEvent> Feed => feed;

    public Board Board { get; } = new();

    public BackersModel Backers { get; } = new();

    /// <summary>Every turn that was run, in order.</summary>
    public List<TurnRun> Turns { get; } = [];

    public Instant Now => T(seconds);

    public Campaign Campaign => (Campaign)State(StreamId.Of(TheCampaign));

    public IEnumerable<Voter> AllVoters => Enumerable.Range(0, Voters).Select(voter => (Voter)State(Of(voter)));

    public IEnumerable<StreamId> Streams => states.Keys;

    public static IdeaId IdeaAt(int number) => IdeaOf($"{number % Ideas}");

    public Aggregate State(StreamId stream) => states.GetValueOrDefault(stream) ?? Aggregate.Empty(stream.Kind);

    /// <summary>The status that those who vote believe an idea has; null if they have not heard of it.</summary>
    public IdeaStatus? Heard(IdeaId idea) => heard.TryGetValue(idea, out var status) ? status : null;

    public void Run(Step step)
    {
        switch (step)
        {
            case Passes passes:
                seconds += passes.Seconds;
                if (passes.Wakes)
                    Send(StreamId.Of(TheCampaign), new KeepSchedule());
                break;
            case HearsOf of:
                if (State(StreamId.Of(TheCampaign, IdeaAt(of.Idea))) is Idea { Exists: true } idea)
                    heard[IdeaAt(of.Idea)] = idea.Status;
                break;
            case Folds folds:
                for (var i = 0; i < folds.Events && Backers.Folded < feed.Count; i++)
                    Backers.Fold(feed[Backers.Folded]);
                break;
            case LosesIndex:
                Backers.Lose();
                break;
            case Arrives arrives when Backers.Owed.Count > 0:
                Deliver(Backers.Owed.Count - 1 - arrives.Message % Backers.Owed.Count);
                break;
            case Submits { Idea: var submitted }:
                SendTo(step);
                if (Heard(IdeaAt(submitted)) is null)
                    Run(new HearsOf(submitted));
                break;
            case Arrives:
                break;
            default:
                SendTo(step);
                break;
        }
    }

    /// <summary>Delivers everything that is owed, and what is owed because of that, until nothing is: as a reactor that never gives up.</summary>
    public void Settle()
    {
        for (var delivered = 0; Backers.Folded < feed.Count || delivered < Backers.Owed.Count;)
        {
            Run(new Folds(feed.Count));
            for (; delivered < Backers.Owed.Count; delivered++)
                Deliver(delivered);
        }
    }

    /// <summary>Runs one turn and keeps what came of it.</summary>
    public TurnRun Send(StreamId stream, Command command)
    {
        var before = State(stream);
        var known = new Dictionary<IdeaId, IdeaStatus>(heard);
        var context = new FixedContext(Now, Campaign, idea => known.TryGetValue(idea, out var status) ? status : null);
        var decision = before.Decide(command, context);
        var events = new List<RecordedEvent>();
        var after = before;
        foreach (var e in decision.Events)
        {
            events.Add(new RecordedEvent(stream, after.Version + 1, Now, e, command.Id));
            after = after.Apply(events[^1]);
        }
        states[stream] = after;
        foreach (var recorded in events)
        {
            feed.Add(recorded);
            Board.Apply(recorded);
        }
        var run = new TurnRun(stream, command, context, before, after, [.. events], decision.Refusal);
        Turns.Add(run);
        return run;
    }

    private void Deliver(int message)
    {
        var (voter, command) = Backers.Owed[message];
        Send(StreamId.Of(TheCampaign, voter), command);
    }

    private void SendTo(Step step)
    {
        var (stream, command) = step.ToCommand(this);
        Send(stream, command);
    }

    public static StreamId Of(int voter) => StreamId.Of(TheCampaign, VoterOf($"{voter % Voters}"));
}

/// <summary>One turn and what came of it.</summary>
public sealed record TurnRun(
    StreamId Stream, Command Command, TurnContext Context, Aggregate Before, Aggregate After, ImmutableArray<RecordedEvent> Events, Refusal? Refusal);
