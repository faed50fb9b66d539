using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>
/// Keys that sort as what they stand for. They hold lower-case letters, digits, <c>-</c>, <c>_</c> and <c>~</c> only: Azure forbids
/// <c>/ \ # ?</c> and control characters, and letters that differ in case only would be hard to tell apart by eye.
/// </summary>
internal static class Keys
{
    /// <summary>The longest escaped name, in characters, well within the 512 that Azure gives a key.</summary>
    public const int MaxNameLength = 400;

    private const string NumberFormat = "D19";

    /// <summary>A number that sorts as text: 19 digits, 0 or more.</summary>
    public static string Number(long number) => number.ToString(NumberFormat, CultureInfo.InvariantCulture);

    /// <summary>A name of any characters: whatever is no lower-case letter, digit or <c>-</c> becomes <c>_</c> and the two digits of each of its bytes in UTF-8.</summary>
    /// <exception cref="ArgumentException">The name is empty, or its escaped form is longer than 400 characters.</exception>
    public static string Name(string name)
    {
        var escaped = new StringBuilder(name.Length);
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            if (letter is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-')
                escaped.Append((char)letter);
            else
                escaped.Append('_').Append(letter.ToString("x2", CultureInfo.InvariantCulture));
        }
        return escaped.Length is > 0 and <= MaxNameLength
            ? escaped.ToString()
            : throw new ArgumentException(
                $"A partition's name has 1 to {MaxNameLength} characters; each that is no lower-case letter, digit or - counts for 3 or more.", nameof(name));
    }

    /// <summary>A filter: the rows of a partition from one key to another, both included.</summary>
    public static string Range(string partition, string from, string to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}");

    /// <summary>A filter: the rows of a partition after one key and up to another, that one included.</summary>
    public static string After(string partition, string after, string to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey le {to}");
}
