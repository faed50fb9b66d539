using System.Globalization;
using Azure.Data.Tables;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>Understands the filters that the stores make: comparisons joined by <c>and</c>, one of them with the key of a partition.</summary>
internal sealed class Filter(string filter)
{
    private readonly string[][] comparisons = [.. filter.Split(" and ").Select(comparison => comparison.Split(' ', 3))];

    /// <summary>The partition to look in.</summary>
    public string Partition => Value("PartitionKey", "eq") ?? throw new NotSupportedException(filter);

    /// <summary>No row before this one is accepted.</summary>
    public string From => Value("RowKey", "ge") ?? Value("RowKey", "gt") ?? "";

    public bool Accepts(TableEntity row) => comparisons.All(comparison => Holds(comparison, row));

    private string? Value(string property, string comparer) =>
        comparisons.FirstOrDefault(comparison => comparison[0] == property && comparison[1] == comparer)?[2].Trim('\'');

    private static bool Holds(string[] comparison, TableEntity row)
    {
        if (row[comparison[0]] is not { } value)
            return false;
        var order = value is long number
            ? number.CompareTo(long.Parse(comparison[2].TrimEnd('L'), CultureInfo.InvariantCulture))
            : string.CompareOrdinal((string)value, comparison[2].Trim('\''));
        return comparison[1] switch
        {
            "eq" => order == 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            "lt" => order < 0,
            _ => throw new NotSupportedException(string.Join(' ', comparison)),
        };
    }
}
