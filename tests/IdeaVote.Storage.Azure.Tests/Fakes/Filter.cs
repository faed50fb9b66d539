using System.Globalization;
using Azure.Data.Tables;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>Understands the filters that the stores make: comparisons joined by <c>and</c>.</summary>
internal static class Filter
{
    public static bool Accepts(string filter, TableEntity row) => filter.Split(" and ").All(comparison => Holds(comparison, row));

    private static bool Holds(string comparison, TableEntity row)
    {
        var parts = comparison.Split(' ', 3);
        if (row[parts[0]] is not { } value)
            return false;
        var order = value is long number
            ? number.CompareTo(long.Parse(parts[2].TrimEnd('L'), CultureInfo.InvariantCulture))
            : string.CompareOrdinal((string)value, parts[2].Trim('\''));
        return parts[1] switch
        {
            "eq" => order == 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            "lt" => order < 0,
            _ => throw new NotSupportedException(comparison),
        };
    }
}
