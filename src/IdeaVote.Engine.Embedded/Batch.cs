using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>What one commit takes: commands, the events their turns decided, and snapshots to save behind them.</summary>
internal sealed class Batch
{
    /// <summary>The commands that this commit answers.</summary>
    public List<Pending> Commands { get; } = [];

    /// <summary>What they decided, in order.</summary>
    public List<RecordedEvent> Events { get; } = [];

    /// <summary>Whether one of the events is a campaign's.</summary>
    public bool ChangesCampaigns { get; set; }

    /// <summary>Snapshots to save once the events are durable; null for none.</summary>
    public TakenSnapshots? Snapshots { get; set; }

    /// <summary>Makes it ready for the next commands.</summary>
    public void Clear()
    {
        Commands.Clear();
        Events.Clear();
        ChangesCampaigns = false;
        Snapshots = null;
    }
}
