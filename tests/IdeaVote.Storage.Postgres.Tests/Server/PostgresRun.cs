namespace IdeaVote.Storage.Postgres.Tests.Server;

/// <summary>The one server of a test run, started by the first test that wants it.</summary>
public sealed class PostgresRun : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<string> databases = new(StringComparer.Ordinal);
    private PostgresServer? server;
    private int schemas;

    internal PostgresServer Server
    {
        get
        {
            lock (gate)
                return server ??= PostgresServer.Start();
        }
    }

    /// <summary>A database for each test class, and in it a schema for each test.</summary>
    /// <returns>How to connect to it.</returns>
    internal string Fresh(object test)
    {
        var database = test.GetType().Name.ToLowerInvariant();
        lock (gate)
        {
            if (databases.Add(database))
                Server.Create(database);
            return $"{Server.ConnectionString(database)};Search Path=t{++schemas}";
        }
    }

    public void Dispose() => server?.Dispose();
}

/// <summary>The classes that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresRun>
{
    public const string Name = "PostgreSQL";
}

/// <summary>Skips a class where no server can be started.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsPostgresAttribute : RunsOnlyIfAttribute
{
    public override string? WhyNot => PostgresBinaries.WhyNot;
}
