using System.Globalization;

namespace IdeaVote.Cli.Pabulib;

/// <summary>The META section: keys in any letter case with their values. Keys nobody asks for are kept.</summary>
internal sealed class PbMeta
{
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
    private int keyColumn;
    private int valueColumn = 1;
    private bool begun;

    /// <summary>All keys the section gives, in no particular order.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>A key's value without surrounding blanks; empty if the section lacks it.</summary>
    public string this[string key] => values.GetValueOrDefault(key, "");

    /// <summary>A key's value as an amount; null if it is missing or no amount.</summary>
    public decimal? Amount(string key) => PbNumber.TryParse(this[key], out var value) ? value : null;

    /// <summary>A key's value as an amount of money, 0 or more; null if it is missing or none.</summary>
    public decimal? Money(string key) => PbNumber.TryParseMoney(this[key], out var value) ? value : null;

    /// <summary>A key's value as a whole number; null if it is missing or not one.</summary>
    public long? Whole(string key) =>
        Amount(key) is { } value && decimal.IsInteger(value) && value is >= long.MinValue and <= long.MaxValue ? (long)value : null;

    /// <summary>Takes a row. The first may be the header, with its two columns in either order.</summary>
    public void Add(IReadOnlyList<string> row)
    {
        if (!begun)
        {
            begun = true;
            if (TakeHeader(row))
                return;
        }
        var key = row.Count > keyColumn ? PbText.Clean(row[keyColumn]) : "";
        if (key.Length > 0)
            values.TryAdd(key, Value(row));
    }

    // An unquoted separator inside the last column's value has cut it; put it together again.
    private string Value(IReadOnlyList<string> row)
    {
        if (row.Count <= valueColumn)
            return "";
        return valueColumn < keyColumn
            ? PbText.Clean(row[valueColumn])
            : PbText.Clean(string.Join(';', row.Skip(valueColumn)).TrimEnd(';', ' '));
    }

    private bool TakeHeader(IReadOnlyList<string> row)
    {
        var columns = new PbColumns(row);
        if (!columns.Has("key") || !columns.Has("value"))
            return false;
        var names = row.Select(name => PbText.Clean(name).ToLower(CultureInfo.InvariantCulture)).ToList();
        keyColumn = names.IndexOf("key");
        valueColumn = names.IndexOf("value");
        return true;
    }
}
