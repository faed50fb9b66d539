using System.Text;

namespace IdeaVote.Gateway.Identity;

/// <summary>
/// Unicode's normalisation form C. The runtime's own leaves text as it is when the process runs without culture data, as
/// this one does so that it needs nothing installed; and two written forms of one name must not be two voters.
/// </summary>
public static class Nfc
{
    private const char FirstThatMayChange = '\u0300';
    private const int HangulBase = 0xac00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11a7;
    private const int LCount = 19, VCount = 21, TCount = 28;

    private static readonly Lazy<NfcTable> Table = new(NfcTable.Load);

    /// <summary>The text in normalisation form C.</summary>
    /// <param name="text">Valid Unicode: no half of a surrogate pair alone.</param>
    public static string Normalise(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstThatMayChange, '\uffff'))
            return text;
        var runes = Decompose(text);
        Order(runes);
        Compose(runes);
        var result = new StringBuilder(text.Length);
        foreach (var rune in runes)
            result.Append(char.ConvertFromUtf32(rune));
        return result.ToString();
    }

    private static List<int> Decompose(string text)
    {
        var runes = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, runes);
        return runes;
    }

    private static void Decompose(int rune, List<int> into)
    {
        var hangul = rune - HangulBase;
        if (hangul is >= 0 and < LCount * VCount * TCount)
        {
            into.Add(LBase + hangul / (VCount * TCount));
            into.Add(VBase + hangul % (VCount * TCount) / TCount);
            if (hangul % TCount != 0)
                into.Add(TBase + hangul % TCount);
        }
        else if (Table.Value.PartsOf(rune) is { } parts)
        {
            foreach (var part in parts)
                Decompose(part, into);
        }
        else
        {
            into.Add(rune);
        }
    }

    /// <summary>Brings each run of marks into the order of their classes, keeping that of equal ones.</summary>
    private static void Order(List<int> runes)
    {
        for (var i = 1; i < runes.Count; i++)
        {
            var (rune, @class) = (runes[i], Table.Value.ClassOf(runes[i]));
            if (@class == 0)
                continue;
            var to = i;
            for (; to > 0 && Table.Value.ClassOf(runes[to - 1]) > @class; to--)
                runes[to] = runes[to - 1];
            runes[to] = rune;
        }
    }

    private static void Compose(List<int> runes)
    {
        var starter = -1;
        var kept = 0;
        var lastClass = 0;
        for (var i = 0; i < runes.Count; i++)
        {
            var rune = runes[i];
            var @class = Table.Value.ClassOf(rune);
            // A mark joins the starter only if nothing of the same or a higher class stands between them.
            var blocked = starter >= 0 && kept - 1 > starter && (lastClass >= @class || lastClass == 0);
            if (starter >= 0 && !blocked && Pair(runes[starter], rune) is { } whole)
            {
                runes[starter] = whole;
                continue;
            }
            if (@class == 0)
                starter = kept;
            lastClass = @class;
            runes[kept++] = rune;
        }
        runes.RemoveRange(kept, runes.Count - kept);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LBase is >= 0 and < LCount and var l && second - VBase is >= 0 and < VCount and var v)
            return HangulBase + (l * VCount + v) * TCount;
        if (first - HangulBase is >= 0 and < LCount * VCount * TCount and var syllable && syllable % TCount == 0 && second - TBase is > 0 and < TCount and var t)
            return HangulBase + syllable + t;
        return Table.Value.Compose(first, second);
    }
}
