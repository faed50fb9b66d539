namespace IdeaVote.Simulation.Machine;

/// <summary>How often things go wrong, in percent of the times they could.</summary>
public sealed record Faults
{
    public double DropsMessage { get; init; } = 2;

    public double DoublesMessage { get; init; } = 3;

    /// <summary>A message that is overtaken by everything sent in the next seconds.</summary>
    public double DelaysMessage { get; init; } = 3;

    public double FailsBeforeWrite { get; init; } = 1;

    public double FailsAfterWrite { get; init; } = 1;

    /// <summary>The caller is told of a failure while the write is still on its way and lands later.</summary>
    public double LandsLate { get; init; } = 1;

    public double FailsRead { get; init; } = 0.5;

    /// <summary>A caller believes that something is hosted elsewhere than the others do.</summary>
    public double Misplaces { get; init; } = 3;

    /// <summary>How many crashes of nodes there are in a run.</summary>
    public int Crashes { get; init; } = 3;

    public static Faults None { get; } = new()
    {
        DropsMessage = 0,
        DoublesMessage = 0,
        DelaysMessage = 0,
        FailsBeforeWrite = 0,
        FailsAfterWrite = 0,
        LandsLate = 0,
        FailsRead = 0,
        Misplaces = 0,
        Crashes = 0,
    };
}
