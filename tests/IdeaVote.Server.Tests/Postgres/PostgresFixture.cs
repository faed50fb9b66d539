using IdeaVote.Storage.Postgres.Tests.Server;

namespace IdeaVote.Server.Tests.Postgres;

/// <summary>A PostgreSQL for the tests of a class, started by the first that wants it.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresServer> server = new(() => PostgresServer.Start());
    private int databases;

    internal PostgresServer Server => server.Value;

    /// <summary>An empty database.</summary>
    /// <returns>How to connect to it.</returns>
    internal string Fresh()
    {
        var name = $"votes{++databases}";
        Server.Create(name);
        return Server.ConnectionString(name);
    }

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value.Dispose();
    }
}

internal static class SecrecyChecks
{
    /// <summary>Checks that no part of PostgreSQL's password shows.</summary>
    public static void ShouldHideThePassword(this string output)
    {
        output.ShouldNotContain("QzX9");
        output.ShouldNotContain(PostgresServer.Password);
    }
}
