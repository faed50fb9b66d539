using IdeaVote.Storage.Postgres.Tests.Server;

namespace IdeaVote.Silo.Tests.Cluster;

/// <summary>A test that starts a PostgreSQL and a Redis of its own.</summary>
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = PostgresBinaries.WhyNot ?? RedisServer.WhyNot;
}
