using Azure.Data.Tables;

namespace IdeaVote.Storage.Azure.Tests.Server;

/// <summary>The storage account of a test run, and the tables the run makes in it, which it deletes again.</summary>
public sealed class AzureRun : IAsyncLifetime
{
    /// <summary>Names the account by a connection string; that of Azurite, the emulator, will do.</summary>
    public const string Variable = "IDEAVOTE_TEST_AZURE";

    private static readonly string[] Stores = ["journal", "texts", "access"];

    private readonly List<AzureTables> made = [];

    internal static string? ConnectionString => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Tables that no other test has.</summary>
    internal AzureTables Fresh()
    {
        var tables = AzureTables.FromConnectionString(ConnectionString!, "test" + Guid.NewGuid().ToString("N"));
        lock (made)
            made.Add(tables);
        return tables;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var tables in made)
            foreach (var store in Stores)
                await new TableServiceClient(ConnectionString).GetTableClient(tables.Prefix + store).DeleteAsync();
    }
}

/// <summary>The classes that share the account.</summary>
[CollectionDefinition(Name)]
public sealed class AzureCollection : ICollectionFixture<AzureRun>
{
    public const string Name = "Azure Tables";
}

/// <summary>Skips a class where no account is named.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsAzureAttribute : RunsOnlyIfAttribute
{
    public override string? WhyNot => string.IsNullOrEmpty(AzureRun.ConnectionString)
        ? $"Needs Azure Tables: set {AzureRun.Variable} to the connection string of a storage account, or of Azurite."
        : null;
}
