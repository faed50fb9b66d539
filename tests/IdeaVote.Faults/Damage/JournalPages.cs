using Microsoft.Data.Sqlite;

namespace IdeaVote.Faults.Damage;

/// <summary>Where in a journal's file its tables lie: the small ones of a small journal have one page each, or one level of them.</summary>
internal sealed class JournalPages
{
    private const int PageBytes = 4096;
    private const byte InnerTable = 5;
    private const byte InnerIndex = 2;

    private readonly byte[] bytes;
    private readonly Dictionary<string, int> roots = new(StringComparer.Ordinal);
    private readonly byte[] body;

    public JournalPages(string path)
    {
        using (var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False"))
        {
            connection.Open();
            using var tables = new SqliteCommand("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'", connection);
            using (var rows = tables.ExecuteReader())
                while (rows.Read())
                    roots.Add(rows.GetString(0), rows.GetInt32(1));
            using var last = new SqliteCommand("SELECT body FROM journal ORDER BY position DESC LIMIT 1", connection);
            body = (byte[])last.ExecuteScalar()!;
        }
        bytes = File.ReadAllBytes(path);
    }

    public long Length => bytes.Length;

    /// <summary>The last event's row: what stands before its body, the body, and the hash behind it.</summary>
    public IEnumerable<(long From, long To)> LastEvent
    {
        get
        {
            var at = bytes.AsSpan().LastIndexOf(body);
            yield return (at - 16, at + body.Length + 32);
        }
    }

    /// <summary>The parts of a table's pages that hold anything.</summary>
    public IEnumerable<(long From, long To)> Used(string table) => PagesOf(roots[table]).SelectMany(UsedOf);

    private IEnumerable<int> PagesOf(int root)
    {
        yield return root;
        var page = bytes.AsMemory((root - 1) * PageBytes, PageBytes);
        if (page.Span[0] is not (InnerTable or InnerIndex))
            yield break;
        yield return (int)Number(page.Span[8..12]);
        for (var cell = 0; cell < Number(page.Span[3..5]); cell++)
        {
            var at = (int)Number(page.Span.Slice(12 + 2 * cell, 2));
            yield return (int)Number(page.Span.Slice(at, 4));
        }
    }

    private IEnumerable<(long, long)> UsedOf(int number)
    {
        var start = (number - 1L) * PageBytes;
        var page = bytes.AsMemory((int)start, PageBytes);
        var cells = (int)Number(page.Span[3..5]);
        var content = (int)Number(page.Span[5..7]);
        yield return (start, start + 12 + 2 * cells);
        yield return (start + content, start + PageBytes);
    }

    private static long Number(ReadOnlySpan<byte> bigEndian)
    {
        long number = 0;
        foreach (var b in bigEndian)
            number = number << 8 | b;
        return number;
    }
}
