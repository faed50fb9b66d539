using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

/// <summary>The journal's suites without a server.</summary>
public sealed class MemoryJournalTests : JournalStoreSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new AzureJournal(memory.Open(), TimeProvider.System));
}

public sealed class MemoryJournalReadTests : JournalReadSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new AzureJournal(memory.Open(), TimeProvider.System));
}

public sealed class MemoryJournalRaceTests : JournalRaceSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new AzureJournal(memory.Open(), TimeProvider.System));
}

public sealed class MemoryJournalPartitionTests : JournalPartitionSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new AzureJournal(memory.Open(), TimeProvider.System));
}
