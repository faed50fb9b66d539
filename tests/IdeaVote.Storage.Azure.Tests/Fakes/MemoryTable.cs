using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>
/// A table in memory with Azure's rules: versions, transactions of one partition, limits, keys in ordinal order, pages that are read
/// one after the other. Faults can be put in the way of its transactions and readings.
/// </summary>
internal sealed class MemoryTable : TableClient
{
    private const int MaxRows = 100;
    private const int MaxTransactionBytes = 4 * 1024 * 1024;
    private const int MaxRowBytes = 1024 * 1024;
    private const int MaxPropertyBytes = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedList<string, TableEntity>> partitions = new(StringComparer.Ordinal);
    private long versions;

    /// <summary>Stands before each transaction; carries it out by calling what it is given.</summary>
    public Func<Func<IReadOnlyList<Response>>, Task<IReadOnlyList<Response>>>? OnTransaction { get; set; }

    /// <summary>Stands before each reading of one row.</summary>
    public Func<string, Task>? OnRead { get; set; }

    /// <summary>Stands before each replacing of one row.</summary>
    public Action? OnReplace { get; set; }

    /// <summary>Stands before each putting of one row, of which it gets the key.</summary>
    public Func<string, Task>? OnPut { get; set; }

    /// <summary>Stands before each deletion of one row, of which it gets the key.</summary>
    public Func<string, Task>? OnDelete { get; set; }

    /// <summary>How many transactions were asked for.</summary>
    public int Transactions { get; private set; }

    /// <summary>The keys of all rows of a partition.</summary>
    public string[] RowsOf(string partition)
    {
        lock (gate)
            return [.. Rows(partition).Keys];
    }

    /// <summary>How many rows there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return partitions.Values.Sum(rows => rows.Count);
        }
    }

    public Table Open() => new(this, this, new AccountName("memory", "nowhere"));

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Response.FromValue(new TableItem("memory"), new FakeResponse(204)));

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (OnRead is { } fault)
            await fault(rowKey);
        lock (gate)
            return Rows(partitionKey).TryGetValue(rowKey, out var row)
                ? Response.FromValue((T)(object)Copy(row), new FakeResponse(200))
                : new NoRow<T>();
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new Pages<T>(after =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (found, accepted) = (new List<T>(), new Filter(filter!));
            lock (gate)
            {
                var rows = Rows(accepted.Partition);
                for (var i = FirstFrom(rows.Keys, after ?? accepted.From); i < rows.Count && found.Count < (maxPerPage ?? 1_000); i++)
                    if (rows.GetKeyAtIndex(i) != after && accepted.Accepts(rows.GetValueAtIndex(i)))
                        found.Add((T)(object)Copy(rows.GetValueAtIndex(i)));
            }
            return found;
        });

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        OneAsync(new TableTransactionAction(TableTransactionActionType.Add, entity));

    public override async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        if (OnPut is { } before)
            await before(entity.RowKey);
        return await OneAsync(new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity));
    }

    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        OnReplace?.Invoke();
        return OneAsync(new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, ifMatch));
    }

    public override async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        var delete = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch);
        if (OnDelete is { } before)
            await before(rowKey);
        try
        {
            return await OneAsync(delete);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new FakeResponse(404);
        }
    }

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Transactions++;
        var actions = transactionActions.ToArray();
        var answers = OnTransaction is { } fault ? await fault(() => Apply(actions)) : Apply(actions);
        return Response.FromValue(answers, new FakeResponse(202));
    }

    private async Task<Response> OneAsync(TableTransactionAction action)
    {
        await Task.Yield();
        return Apply([action])[0];
    }

    private IReadOnlyList<Response> Apply(TableTransactionAction[] actions)
    {
        Check(actions);
        lock (gate)
        {
            // First whether all of it can be done, then all of it.
            foreach (var action in actions)
            {
                var row = Rows(action.Entity.PartitionKey).GetValueOrDefault(action.Entity.RowKey);
                switch (action.ActionType)
                {
                    case TableTransactionActionType.Add when row is not null:
                        throw Failed(409);
                    case TableTransactionActionType.Delete or TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace:
                        if (row is null)
                            throw Failed(404);
                        if (action.ETag != default && action.ETag != ETag.All && action.ETag.ToString() != row.ETag.ToString())
                            throw Failed(412);
                        break;
                    default:
                        break;
                }
            }
            return [.. actions.Select(action => (Response)new FakeResponse(204, Do(action)))];
        }
    }

    private ETag Do(TableTransactionAction action)
    {
        var (rows, key) = (Rows(action.Entity.PartitionKey), action.Entity.RowKey);
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            rows.Remove(key);
            return default;
        }
        var row = Copy((TableEntity)action.Entity);
        if (action.ActionType is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge && rows.TryGetValue(key, out var before))
            foreach (var name in before.Keys.Where(name => !row.ContainsKey(name)))
                row[name] = before[name];
        row.ETag = new ETag($"W/\"{(++versions).ToString(CultureInfo.InvariantCulture)}\"");
        rows[key] = row;
        return row.ETag;
    }

    private static void Check(TableTransactionAction[] actions)
    {
        actions.Length.ShouldBeInRange(1, MaxRows);
        actions.Select(action => action.Entity.PartitionKey).Distinct().Count().ShouldBe(1);
        actions.Select(action => action.Entity.RowKey).Distinct().Count().ShouldBe(actions.Length);
        long all = 0;
        foreach (var entity in actions.Select(action => (TableEntity)action.Entity))
        {
            (entity.PartitionKey + entity.RowKey).All(c => c >= ' ' && c < 127 && !"/\\#?'".Contains(c)).ShouldBeTrue(entity.RowKey);
            var bytes = entity.Keys.Where(name => entity[name] is byte[]).Select(name => entity.GetBinary(name)!.Length).ToArray();
            bytes.All(length => length <= MaxPropertyBytes).ShouldBeTrue();
            bytes.Sum().ShouldBeLessThan(MaxRowBytes - 4_096);
            // As Azure counts it: in base 64, with the names and the headers of each part.
            all += bytes.Sum(length => (length + 2) / 3 * 4 + 64L) + 1_024;
        }
        all.ShouldBeLessThan(MaxTransactionBytes);
    }

    private SortedList<string, TableEntity> Rows(string partition)
    {
        if (!partitions.TryGetValue(partition, out var rows))
            partitions.Add(partition, rows = new SortedList<string, TableEntity>(StringComparer.Ordinal));
        return rows;
    }

    private static int FirstFrom(IList<string> keys, string from)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(keys[middle], from) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static TableEntity Copy(TableEntity row) => new(row);

    private static RequestFailedException Failed(int status) => new(status, $"Status {status}.");

    private sealed class Pages<T>(Func<string?, List<T>> read) : AsyncPageable<T>
        where T : class, ITableEntity
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            string? after = null;
            while (true)
            {
                await Task.Yield();
                var page = read(after);
                yield return Page<T>.FromValues(page, null, new FakeResponse(200));
                if (page.Count == 0)
                    yield break;
                after = page[^1].RowKey;
            }
        }
    }
}
