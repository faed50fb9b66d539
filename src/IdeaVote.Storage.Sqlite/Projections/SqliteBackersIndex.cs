using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// Who backed which idea, in a SQLite file of its own: folds are large, and a file has one writer. What is folded is gathered in
/// memory and written when there is much of it or somebody asks; what is not written when the process dies is folded again.
/// </summary>
public sealed class SqliteBackersIndex : IBackersIndex, IAsyncDisposable
{
    // Voters' ids are hashes, so a fold touches pages all over the file: keep many of them in memory, and copy them from the
    // log into the file rarely.
    private static readonly SqliteFileOptions Options = new()
    {
        Synchronous = SqliteSynchronous.Normal,
        Rebuildable = true,
        PageBytes = 8192,
        CacheKib = 64 * 1024,
        CheckpointPages = 16_384,
    };

    private readonly SemaphoreSlim gate = new(1);
    private PendingBackers? pending;
    private bool isClosed;

    private SqliteBackersIndex(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it; a new one starts before the first event.</summary>
    /// <param name="path">The file, such as <c>backers.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteBackersIndex Open(string path) => new(SqliteDatabase.Open(path, Options, BackersTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "backers";

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.Any, cancellation);
        return await Database.ReadAsync(ProjectionPosition.Read, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why. The same events may be given again.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            pending ??= await Database.ReadAsync(static session => new PendingBackers(ReadClosed(session), ReadPlaced(session)), cancellation);
            pending.Add(events, upTo);
            if (pending.IsMuch)
                await WriteAsync(pending);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<OwedRefund?> NextRefundAsync(CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.AnySteps, cancellation);
        return await Database.ReadAsync(session => session.Row(ToOwed, BackersTables.NextOwed), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<IReadOnlyList<Backer>> InvestorsAsync(
        CampaignId campaign, IdeaId idea, VoterId? after, int max, CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.Any, cancellation);
        return await Database.ReadAsync(
            session => session.Rows(
                row => new Backer(new VoterId(row.GetId(0)), row.GetInt64(1)),
                BackersTables.Investors,
                // An empty value sorts before every id.
                campaign.Value.ToBytes(), idea.Value.ToBytes(), after?.Value.ToBytes() ?? [], (long)Math.Max(max, 0)),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask AdvanceAsync(OwedRefund refund, VoterId? upTo, CancellationToken cancellation = default)
    {
        var (campaign, idea) = (refund.Campaign.Value.ToBytes(), refund.Idea.Value.ToBytes());
        await Database.WriteAsync(
            session => upTo is { } voter
                ? session.Execute(BackersTables.AdvanceOwed, campaign, idea, refund.Cause, voter.Value.ToBytes())
                : session.Execute(BackersTables.FinishOwed, campaign, idea, refund.Cause),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<LateRefund>> LateRefundsAsync(int max, CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.AnySteps, cancellation);
        return await Database.ReadAsync(session => session.Rows(ToLate, BackersTables.GetLate, (long)Math.Max(max, 0)), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask FinishAsync(IReadOnlyCollection<LateRefund> refunds, CancellationToken cancellation = default)
    {
        var finished = refunds.ToArray();
        await Database.WriteAsync(
            session =>
            {
                foreach (var late in finished)
                    session.Execute(
                        BackersTables.FinishLate, late.Campaign.Value.ToBytes(), late.Idea.Value.ToBytes(), late.Voter.Value.ToBytes(), late.Version, late.Cause);
                return finished.Length;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<OwedMerge?> NextMergeAsync(CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.AnySteps, cancellation);
        return await Database.ReadAsync(session => session.Row(ToMerge, MergeTables.NextMoving), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<IReadOnlyList<VoterId>> FollowersAsync(OwedMerge merge, VoterId? after, int max, CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.Any, cancellation);
        return await Database.ReadAsync(
            session => session.Rows(
                row => new VoterId(row.GetId(0)),
                MergeTables.Followers,
                merge.Campaign.Value.ToBytes(), merge.Idea.Value.ToBytes(), merge.Placement.Cause, after?.Value.ToBytes() ?? [], (long)Math.Max(max, 0)),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask AdvanceAsync(OwedMerge merge, VoterId? upTo, CancellationToken cancellation = default)
    {
        var (campaign, idea) = (merge.Campaign.Value.ToBytes(), merge.Idea.Value.ToBytes());
        await Database.WriteAsync(
            session => upTo is { } voter
                ? session.Execute(MergeTables.AdvanceMoving, campaign, idea, merge.Placement.Cause, voter.Value.ToBytes())
                : session.Execute(MergeTables.FinishMoving, campaign, idea, merge.Placement.Cause),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<Straggler>> StragglersAsync(int max, CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.AnySteps, cancellation);
        return await Database.ReadAsync(session => session.Rows(ToStraggler, MergeTables.GetStragglers, (long)Math.Max(max, 0)), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask FinishAsync(IReadOnlyCollection<Straggler> told, CancellationToken cancellation = default)
    {
        var numbers = told.Select(straggler => straggler.Number).ToArray();
        await Database.WriteAsync(
            session =>
            {
                foreach (var number in numbers)
                    session.Execute(MergeTables.FinishStraggler, number);
                return numbers.Length;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Debts> CountDebtsAsync(CancellationToken cancellation = default) =>
        // What is pending is written as soon as the reactor asks for its next debt, which it does after each fold.
        Database.ReadAsync(
            static session =>
            {
                long Count(string sql) => (long)session.Scalar(sql, (long)Debts.Most)!;
                return new Debts(
                    Math.Min(Debts.Most, Count(BackersTables.CountOwed) + Count(BackersTables.CountLate)),
                    Math.Min(Debts.Most, Count(MergeTables.CountMoving) + Count(MergeTables.CountStragglers)));
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public async ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default)
    {
        await WriteIfAsync(static pending => pending.Any, cancellation);
        return await Database.ReadAsync(
            session => (long?)session.Scalar(BackersTables.GetCount, campaign.Value.ToBytes(), idea.Value.ToBytes()) ?? 0, cancellation);
    }

    /// <summary>Writes what is pending and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isClosed)
            return;
        isClosed = true;
        try
        {
            await WriteIfAsync(static pending => pending.Any, CancellationToken.None);
        }
        catch (JournalException)
        {
            // What can't be written now is folded again at the next start.
        }
        await Database.DisposeAsync();
        gate.Dispose();
    }

    private async ValueTask WriteIfAsync(Func<PendingBackers, bool> isNeeded, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (pending is not null && isNeeded(pending))
                await WriteAsync(pending);
        }
        finally
        {
            gate.Release();
        }
    }

    // Not to be cancelled: what is pending must not change while it is being written.
    private async Task WriteAsync(PendingBackers all)
    {
        await Database.WriteAsync(all.Write, CancellationToken.None);
        all.Clear();
    }

    private static Dictionary<(CampaignId Campaign, IdeaId Idea), long> ReadClosed(SqliteSession session) =>
        session.Rows(
            row => (Idea: (new CampaignId(row.GetId(0)), new IdeaId(row.GetId(1))), Cause: row.GetInt64(2)), BackersTables.Closed)
            .ToDictionary(row => row.Idea, row => row.Cause);

    private static Dictionary<(CampaignId Campaign, IdeaId Idea), Placement> ReadPlaced(SqliteSession session) =>
        session.Rows(row => (Idea: (new CampaignId(row.GetId(0)), new IdeaId(row.GetId(1))), Placement: ToPlacement(row, 2)), MergeTables.Placed)
            .ToDictionary(row => row.Idea, row => row.Placement);

    private static Placement ToPlacement(SqliteDataReader row, int column) =>
        new(row.GetIdOrNull(column) is { } target ? new IdeaId(target) : null, row.GetInt64(column + 1));

    private static OwedMerge ToMerge(SqliteDataReader row) => new(
        new CampaignId(row.GetId(0)), new IdeaId(row.GetId(1)), ToPlacement(row, 2), row.GetIdOrNull(4) is { } after ? new VoterId(after) : null);

    private static Straggler ToStraggler(SqliteDataReader row) => new(
        row.GetInt64(0), new CampaignId(row.GetId(1)), new VoterId(row.GetId(2)), new IdeaId(row.GetId(3)), ToPlacement(row, 4));

    private static OwedRefund ToOwed(SqliteDataReader row) => new(
        new CampaignId(row.GetId(0)), new IdeaId(row.GetId(1)), row.GetInt64(2), row.GetIdOrNull(3) is { } after ? new VoterId(after) : null);

    private static LateRefund ToLate(SqliteDataReader row) => new(
        new CampaignId(row.GetId(0)), new VoterId(row.GetId(1)), new IdeaId(row.GetId(2)), row.GetInt64(3), row.GetInt64(4));
}
