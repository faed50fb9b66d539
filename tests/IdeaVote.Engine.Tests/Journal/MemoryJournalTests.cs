using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Journal;

/// <summary>The journal that other tests build on keeps the contract that they take for granted.</summary>
public sealed class MemoryJournalTests : JournalStoreSuite
{
    private readonly FaultyMemoryJournal journal = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class MemoryJournalReadTests : JournalReadSuite
{
    private readonly FaultyMemoryJournal journal = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class MemoryJournalRaceTests : JournalRaceSuite
{
    private readonly FaultyMemoryJournal journal = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class MemoryJournalPartitionTests : JournalPartitionSuite
{
    private readonly FaultyMemoryJournal journal = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}
