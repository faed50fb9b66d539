using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureJournalTests(AzureRun run) : JournalStoreSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IJournalStore> OpenAsync() => await AzureJournal.OpenAsync(tables);
}

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureJournalReadTests(AzureRun run) : JournalReadSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override string Partition => "some other one/#?\\";

    protected override async ValueTask<IJournalStore> OpenAsync() => await AzureJournal.OpenAsync(tables);
}

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureJournalRaceTests(AzureRun run) : JournalRaceSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IJournalStore> OpenAsync() => await AzureJournal.OpenAsync(tables);
}

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureJournalPartitionTests(AzureRun run) : JournalPartitionSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IJournalStore> OpenAsync() => await AzureJournal.OpenAsync(tables);
}
