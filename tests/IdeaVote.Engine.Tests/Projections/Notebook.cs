using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Tests.Projections;

/// <summary>A projection that writes down what it is told, and fails when told to.</summary>
public sealed class Notebook : IProjection
{
    private readonly Lock gate = new();
    private readonly List<RecordedEvent> noted = [];
    private Position position;

    public string Name => "notebook";

    /// <summary>What the next fold fails with.</summary>
    public Exception? NextFails { get; set; }

    /// <summary>How many events each fold got.</summary>
    public List<int> Batches { get; } = [];

    public IReadOnlyList<RecordedEvent> Events
    {
        get
        {
            lock (gate)
                return [.. noted];
        }
    }

    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) => new(position);

    public ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        if (NextFails is { } failure)
        {
            NextFails = null;
            throw failure;
        }
        lock (gate)
        {
            noted.AddRange(events);
            Batches.Add(events.Count);
            position = upTo;
        }
        return default;
    }
}
