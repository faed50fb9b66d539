using IdeaVote.Storage.Postgres.Connections;

namespace IdeaVote.Storage.Postgres.Texts;

/// <summary>The table of the texts, and what is said to it.</summary>
internal static class TextTables
{
    public static readonly PostgresSchema Schema = new("texts", Version: 1, Tables: """
        CREATE TABLE document (
            id bytea PRIMARY KEY, kind smallint NOT NULL, campaign bytea NOT NULL, key bytea NOT NULL, owner bytea,
            salt bytea NOT NULL, content bytea NOT NULL);
        CREATE INDEX document_owner ON document (owner) WHERE owner IS NOT NULL
        """);

    public const string Table = "document";

    private const string Columns = "SELECT kind, campaign, key, id, owner, salt, content FROM document WHERE ";

    public const string Put = """
        INSERT INTO document (kind, campaign, key, id, owner, salt, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, campaign = excluded.campaign, key = excluded.key,
            owner = excluded.owner, salt = excluded.salt, content = excluded.content
        """;

    public const string Get = Columns + "id = $1";

    public const string GetMany = Columns + "id = ANY ($1)";

    public const string Delete = "DELETE FROM document WHERE id = $1";

    public const string OfPerson = "SELECT kind, campaign, key, id FROM document WHERE owner = $1 ORDER BY id";

    public const string Erase = "DELETE FROM document WHERE owner = $1 RETURNING kind, campaign, key, id";
}
