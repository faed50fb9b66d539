using System.Globalization;
using Azure.Data.Tables;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>Bytes spread over a row's properties, of which each holds 64 KiB at most and all together, with their names, 1 MiB.</summary>
internal static class Chunks
{
    /// <summary>The most bytes a row is given: 14 properties' worth, which leaves room for the rest of the row.</summary>
    public const int MaxBytes = 14 * PropertyBytes;

    private const int PropertyBytes = 64 * 1024;
    private const string Prefix = "Bytes";

    /// <summary>Puts bytes into a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="bytes">At most <see cref="MaxBytes"/>; copied.</param>
    public static void Put(TableEntity row, ReadOnlySpan<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += PropertyBytes)
            row[Name(start / PropertyBytes)] = bytes[start..Math.Min(start + PropertyBytes, bytes.Length)].ToArray();
    }

    /// <summary>The bytes of a row.</summary>
    public static byte[] Get(TableEntity row)
    {
        if (row.GetBinary(Name(0)) is not { } first)
            return [];
        if (first.Length < PropertyBytes)
            return first;
        using var all = new MemoryStream();
        for (var i = 0; row.GetBinary(Name(i)) is { } part; i++)
            all.Write(part);
        return all.ToArray();
    }

    private static string Name(int index) => Prefix + index.ToString("D2", CultureInfo.InvariantCulture);
}
