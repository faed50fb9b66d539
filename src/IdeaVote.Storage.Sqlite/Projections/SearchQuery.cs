using System.Globalization;
using System.Text;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>Turns what a person typed into a query of the index. Nothing typed is ever taken for an operator.</summary>
internal static class SearchQuery
{
    /// <summary>The most words of a query that count; further ones are left out.</summary>
    public const int MaxWords = 64;

    /// <summary>The query in the index's language: every word, the last one as a beginning; null if there is no word in it.</summary>
    /// <param name="campaignWord">The word that stands for the campaign.</param>
    /// <param name="typed">Any characters.</param>
    public static string? ToMatch(string campaignWord, string typed)
    {
        var words = Words(typed);
        return words.Count == 0
            ? null
            : $"campaign : \"{campaignWord}\" AND {{title body tags}} : (\"{string.Join("\" AND \"", words)}\" *)";
    }

    /// <summary>A query for any of the words, but for the shortest, in titles and tags; null if there is no word in it.</summary>
    /// <param name="campaignWord">The word that stands for the campaign.</param>
    /// <param name="typed">Any characters.</param>
    public static string? ToAnyMatch(string campaignWord, string typed)
    {
        const int MinChars = 3;
        var words = Words(typed);
        var telling = words.Where(word => word.Length >= MinChars).ToList();
        // Scripts that write a word in one or two characters have no shorter ones to leave out.
        if (telling.Count == 0)
            telling = words;
        return telling.Count == 0
            ? null
            : $"campaign : \"{campaignWord}\" AND {{title tags}} : (\"{string.Join("\" OR \"", telling)}\" *)";
    }

    /// <summary>
    /// Runs of letters, digits and the marks on them; the index cuts texts at the same places. So no word holds a quote, and
    /// none is empty.
    /// </summary>
    private static List<string> Words(string typed)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var hasLetter = false;
        foreach (var rune in typed.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (IsLetterOrNumber(kind) || (hasLetter && IsMark(kind)))
            {
                word.Append(rune.ToString());
                hasLetter = true;
            }
            else if (hasLetter)
            {
                words.Add(word.ToString());
                word.Clear();
                hasLetter = false;
                if (words.Count == MaxWords)
                    return words;
            }
        }
        if (hasLetter)
            words.Add(word.ToString());
        return words;
    }

    private static bool IsLetterOrNumber(UnicodeCategory kind) => kind
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.PrivateUse;

    private static bool IsMark(UnicodeCategory kind) => kind
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
