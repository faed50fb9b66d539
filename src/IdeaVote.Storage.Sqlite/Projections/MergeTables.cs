namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What the backers index asks of its tables about merges.</summary>
internal static class MergeTables
{
    public const string Placed = "SELECT idea.campaign, idea.id, placement.target, placement.cause FROM placement JOIN idea ON idea.number = placement.idea";

    public const string Place = "INSERT OR REPLACE INTO placement VALUES (?1, ?2, ?3)";

    public const string Move = "INSERT OR REPLACE INTO moving (idea) VALUES (?1)";

    public const string Follow = "INSERT OR REPLACE INTO following VALUES (?1, ?2, ?3)";

    public const string Leave = "DELETE FROM following WHERE idea = ?1 AND voter = ?2";

    // A number is never used again: what is found anew while it is being told must not be taken for told.
    public const string Straggle = "INSERT OR REPLACE INTO straggler (idea, voter) VALUES (?1, ?2)";

    public const string CountMoving = "SELECT count(*) FROM (SELECT 1 FROM moving LIMIT ?1)";

    public const string CountStragglers = "SELECT count(*) FROM (SELECT 1 FROM straggler LIMIT ?1)";

    public const string NextMoving = """
        SELECT idea.campaign, idea.id, placement.target, placement.cause, moving.after
        FROM moving JOIN idea ON idea.number = moving.idea JOIN placement ON placement.idea = moving.idea
        ORDER BY moving.number LIMIT 1
        """;

    private const string Number = "(SELECT number FROM idea WHERE campaign = ?1 AND id = ?2)";

    // Each part by its own key, so that a page costs a page however many voters there are.
    public const string Followers = $"""
        SELECT voter FROM (
            SELECT voter FROM (SELECT voter FROM backer WHERE idea = {Number} AND voter > ?4 ORDER BY voter LIMIT ?5)
            UNION SELECT voter FROM (SELECT DISTINCT voter FROM win WHERE loser = {Number} AND voter > ?4 ORDER BY voter LIMIT ?5)
            UNION SELECT voter FROM (SELECT voter FROM following WHERE idea = {Number} AND cause <> ?3 AND voter > ?4 ORDER BY voter LIMIT ?5))
        ORDER BY voter LIMIT ?5
        """;

    private const string Moving = $"WHERE idea = {Number} AND (SELECT cause FROM placement WHERE placement.idea = moving.idea) = ?3";

    public const string AdvanceMoving = "UPDATE moving SET after = ?4 " + Moving + " AND (after IS NULL OR after < ?4)";

    public const string FinishMoving = "DELETE FROM moving " + Moving;

    public const string GetStragglers = """
        SELECT straggler.number, idea.campaign, straggler.voter, idea.id, placement.target, placement.cause
        FROM straggler JOIN idea ON idea.number = straggler.idea JOIN placement ON placement.idea = straggler.idea
        ORDER BY straggler.number LIMIT ?1
        """;

    public const string FinishStraggler = "DELETE FROM straggler WHERE number = ?1";
}
