using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation;

/// <summary>One way of hosting the domain, as its callers and the auditor see it.</summary>
public interface ISimWorld
{
    /// <summary>The disk.</summary>
    SimJournal Journal { get; }

    /// <summary>The partitions on it that hold the campaign.</summary>
    IReadOnlyList<string> PartitionNames { get; }

    /// <summary>Every copy of the board.</summary>
    IEnumerable<Board> Boards { get; }

    /// <summary>Sends a command, or without one reads. Silence is answered "outcome unknown".</summary>
    Task<Reply> SendAsync(StreamId stream, Command? command);

    /// <summary>Kills a process.</summary>
    void Crash();

    /// <summary>Lets something in memory go.</summary>
    void Disturb();

    /// <summary>From now on so much goes wrong.</summary>
    void SetFaults(Faults faults);

    /// <summary>Brings every board up to the head.</summary>
    Task CatchUpAsync();
}
