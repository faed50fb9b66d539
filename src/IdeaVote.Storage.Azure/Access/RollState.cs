using Azure;
using Azure.Data.Tables;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>The row that every change of a campaign's roll must find unchanged and changes itself.</summary>
/// <param name="Import">The id of the import that counts but is not yet spread over the voters' rows; empty for none.</param>
/// <param name="Parts">How many rows that import has.</param>
/// <param name="Applied">How many of its entries are in their rows.</param>
/// <param name="Last">The id of the import that was finished last; empty before the first.</param>
/// <param name="Revision">How often the row was changed.</param>
/// <param name="Version">Azure's version of the row, to name as a condition.</param>
internal sealed record RollState(string Import, int Parts, int Applied, string Last, long Revision, ETag Version)
{
    private const string Row = "state";

    /// <summary>The row of a roll that nobody has written to.</summary>
    public static RollState First { get; } = new("", 0, 0, "", 1, default);

    /// <summary>Whether an import is to be spread.</summary>
    public bool IsImporting => Import.Length > 0;

    /// <summary>The same row after one more change.</summary>
    public RollState Next() => this with { Revision = Revision + 1 };

    /// <summary>Reads the row; null if there is none.</summary>
    public static async Task<RollState?> FindAsync(Table table, string partition, CancellationToken cancellation = default) =>
        await table.FindAsync(partition, Row, cancellation) is { } row
            ? new RollState(
                row.Text(nameof(Import)), row.SmallNumber(nameof(Parts)), row.SmallNumber(nameof(Applied)), row.Text(nameof(Last)),
                row.Number(nameof(Revision)), row.ETag)
            : null;

    /// <summary>Writes the row.</summary>
    public TableEntity ToRow(string partition) => new(partition, Row)
    {
        [nameof(Import)] = Import,
        [nameof(Parts)] = Parts,
        [nameof(Applied)] = Applied,
        [nameof(Last)] = Last,
        [nameof(Revision)] = Revision,
    };

    /// <summary>Changes a roll under this state, all or nothing.</summary>
    /// <returns>The new state; null if the roll was changed by somebody else meanwhile, or another row is not as expected.</returns>
    public async Task<RollState?> TryChangeAsync(Table table, string partition, RollState next, IEnumerable<TableTransactionAction> changes)
    {
        var state = new TableTransactionAction(TableTransactionActionType.UpdateReplace, next.ToRow(partition), Version);
        return await table.TrySubmitAsync([state, .. changes]) is { } version ? next with { Version = version } : null;
    }
}
