using System.Globalization;

namespace IdeaVote.Gateway.Identity;

/// <summary>Which characters canonically consist of which others, and in which order marks stand; Hangul is computed.</summary>
internal sealed class NfcTable
{
    private readonly Dictionary<int, int[]> parts = [];
    private readonly Dictionary<(int First, int Second), int> composites = [];
    private readonly Dictionary<int, byte> classes = [];

    private NfcTable(TextReader source)
    {
        while (source.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.IndexOf(':') is > 0 and var colon)
                AddClass(line, colon);
            else
                AddParts(line, line.IndexOfAny(['=', '>']));
        }
    }

    /// <summary>Reads the table that is part of this program.</summary>
    public static NfcTable Load()
    {
        const string Name = "IdeaVote.Gateway.Nfc.txt";
        using var stream = typeof(NfcTable).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"The program lacks its resource {Name}.");
        using var reader = new StreamReader(stream);
        return new NfcTable(reader);
    }

    /// <summary>The one or two characters it consists of; null if it is not composed.</summary>
    public int[]? PartsOf(int rune) => parts.GetValueOrDefault(rune);

    /// <summary>The character that two form together; null if they form none.</summary>
    public int? Compose(int first, int second) => composites.TryGetValue((first, second), out var whole) ? whole : null;

    /// <summary>The class a mark is ordered by; 0 for what is no mark.</summary>
    public byte ClassOf(int rune) => classes.GetValueOrDefault(rune);

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier);

    private void AddParts(string line, int sign)
    {
        var rune = Hex(line.AsSpan(0, sign));
        var of = line[(sign + 1)..].Split(' ').Select(digits => Hex(digits)).ToArray();
        parts.Add(rune, of);
        if (line[sign] == '=')
            composites.Add((of[0], of[1]), rune);
    }

    private void AddClass(string line, int colon)
    {
        var dash = line.IndexOf('-');
        var last = Hex(line.AsSpan(dash + 1, colon - dash - 1));
        for (var rune = Hex(line.AsSpan(0, dash)); rune <= last; rune++)
            classes.Add(rune, byte.Parse(line.AsSpan(colon + 1)));
    }
}
