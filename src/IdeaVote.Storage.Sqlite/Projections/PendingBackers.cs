using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// What has been folded and is not in the file yet. Writing a few hundred thousand changes costs little more than writing a few
/// thousand, so they are gathered; if they are lost, so is the position that speaks of them, and they are folded again.
/// </summary>
internal sealed class PendingBackers
{
    private const int ManyChanges = 1 << 18;
    private const int ManyEvents = 1 << 20;

    private readonly BackerChanges changes = new();
    private readonly List<OwedStep> steps = [];
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), long> closed;
    private readonly Func<IdeaId, long?> closedAt;
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), Placement> placed;
    private readonly Func<IdeaId, Placement?> placementOf;
    private (CampaignId Campaign, IdeaId Idea) current;
    private Position upTo;
    private long events;

    /// <summary>Starts with nothing pending.</summary>
    /// <param name="closed">The closed ideas in the file, each with the version of its stream at which it was closed.</param>
    /// <param name="placed">What the team made of ideas that were ever merged, in the file.</param>
    public PendingBackers(
        Dictionary<(CampaignId Campaign, IdeaId Idea), long> closed, Dictionary<(CampaignId Campaign, IdeaId Idea), Placement> placed)
    {
        this.closed = closed;
        this.placed = placed;
        placementOf = idea => placed.GetValueOrDefault((current.Campaign, idea));
        closedAt = idea => closed.TryGetValue((current.Campaign, idea), out var cause) ? cause : null;
    }

    /// <summary>Whether anything is pending.</summary>
    public bool Any => !upTo.IsStart;

    /// <summary>Whether anything is pending about what is owed.</summary>
    public bool AnySteps => steps.Count > 0;

    /// <summary>Whether so much is pending that it should be written.</summary>
    public bool IsMuch => changes.Count + steps.Count >= ManyChanges || events >= ManyEvents;

    /// <summary>Folds events. Folding the same ones twice in a row comes to the same.</summary>
    public void Add(IReadOnlyList<RecordedEvent> recordedEvents, Position position)
    {
        foreach (var recorded in recordedEvents)
        {
            switch (recorded.Event)
            {
                case BallotEvent ballot:
                    changes.Add(recorded, ballot);
                    if (ballot is InvestmentChanged investment)
                        AddLate(recorded, investment.Idea);
                    AddStragglers(recorded);
                    break;
                case MergeEvent merge:
                    AddFollowing(recorded, merge);
                    AddStragglers(recorded);
                    break;
                case IdeaStatusChanged change:
                    AddClosing(recorded, change);
                    AddPlacement(recorded);
                    break;
            }
        }
        events += recordedEvents.Count;
        upTo = upTo.Join(position);
    }

    /// <summary>Writes all of it; it stays here until <see cref="Clear"/>.</summary>
    public int Write(SqliteSession session)
    {
        var numbers = new IdeaNumbers(session);
        changes.Write(session, numbers);
        foreach (var step in steps)
            step.Write(session, numbers.Of(step.Idea));
        return ProjectionPosition.Write(session, upTo);
    }

    /// <summary>Forgets what is written.</summary>
    public void Clear()
    {
        changes.Clear();
        steps.Clear();
        (upTo, events) = (Position.Start, 0);
    }

    private void AddLate(RecordedEvent recorded, IdeaId idea)
    {
        current = (recorded.Stream.Campaign, idea);
        if (!closed.TryGetValue(current, out var cause))
            return;
        var late = Refunds.GiveBackLate(recorded, closedAt);
        steps.Add(new LateStep(current, new VoterId(recorded.Stream.Key), late?.UndoesVersion, late?.Cause ?? cause));
    }

    private void AddPlacement(RecordedEvent recorded)
    {
        if (Merges.Places(recorded) is not { } placement)
            return;
        var idea = (recorded.Stream.Campaign, new IdeaId(recorded.Stream.Key));
        placed[idea] = placement;
        steps.Add(new PlacementStep(idea, placement));
    }

    private void AddFollowing(RecordedEvent recorded, MergeEvent merge)
    {
        var (idea, cause) = merge switch
        {
            VotesMerged e => (e.From, (long?)e.Cause),
            VotesUnmerged e => (e.From, null),
            _ => throw new InvalidOperationException($"{merge.GetType().Name} is unknown."),
        };
        steps.Add(new FollowingStep((recorded.Stream.Campaign, idea), new VoterId(recorded.Stream.Key), cause));
    }

    private void AddStragglers(RecordedEvent recorded)
    {
        // Most servers never merge an idea, and every vote comes by here.
        if (placed.Count == 0)
            return;
        current = (recorded.Stream.Campaign, default);
        foreach (var idea in Merges.Stragglers(recorded, placementOf))
            steps.Add(new StragglerStep((recorded.Stream.Campaign, idea), new VoterId(recorded.Stream.Key)));
    }

    private void AddClosing(RecordedEvent recorded, IdeaStatusChanged change)
    {
        var idea = (recorded.Stream.Campaign, new IdeaId(recorded.Stream.Key));
        if (Refunds.Closes(recorded) is not null)
        {
            closed[idea] = recorded.Version;
            steps.Add(new ClosingStep(idea, recorded.Version));
        }
        else if (change.Old.ReturnsInvestments() && !change.New.ReturnsInvestments())
        {
            closed.Remove(idea);
            steps.Add(new ClosingStep(idea, null));
        }
    }
}
