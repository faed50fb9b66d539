namespace IdeaVote.Cli.Pabulib;

/// <summary>A section's header: which column holds what, in whatever order the file has them.</summary>
internal sealed class PbColumns
{
    private readonly Dictionary<string, int> positions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a header row; of two columns with one name the first counts.</summary>
    public PbColumns(IReadOnlyList<string> header)
    {
        for (var i = 0; i < header.Count; i++)
            positions.TryAdd(PbText.Clean(header[i]), i);
        Count = header.Count;
    }

    /// <summary>How many columns the header names.</summary>
    public int Count { get; }

    /// <summary>Whether there is a column of this name, in any letter case.</summary>
    public bool Has(string name) => positions.ContainsKey(name);

    /// <summary>The column's value in a row without surrounding blanks; empty if the row or the header lacks it.</summary>
    public string Value(IReadOnlyList<string> row, string name) =>
        positions.TryGetValue(name, out var i) && i < row.Count ? PbText.Clean(row[i]) : "";

    /// <summary>Whether the row has values beyond the header's columns, a sign of an unquoted separator.</summary>
    public bool Overflows(IReadOnlyList<string> row)
    {
        for (var i = Count; i < row.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(row[i]))
                return true;
        }
        return false;
    }
}
