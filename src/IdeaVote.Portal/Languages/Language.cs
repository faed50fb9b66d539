using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace IdeaVote.Portal.Languages;

/// <summary>A language that the portal speaks: its words, and how it writes numbers and dates.</summary>
/// <remarks>
/// The process's culture is invariant, so that it runs alike on every machine; how a language writes numbers and dates is therefore among its
/// texts, under <c>format.</c>.
/// </remarks>
public sealed class Language
{
    private readonly FrozenDictionary<string, string> texts;

    private Language(string code, FrozenDictionary<string, string> texts)
    {
        Code = code;
        this.texts = texts;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = this["format.decimal"];
        culture.NumberFormat.NumberGroupSeparator = this["format.group"];
        culture.NumberFormat.PercentDecimalSeparator = this["format.decimal"];
        culture.NumberFormat.PercentGroupSeparator = this["format.group"];
        culture.DateTimeFormat.AbbreviatedMonthNames = [.. this["format.months"].Split('|'), ""];
        culture.DateTimeFormat.AbbreviatedMonthGenitiveNames = culture.DateTimeFormat.AbbreviatedMonthNames;
        Culture = culture;
    }

    /// <summary>Its code, as in <c>lang</c>.</summary>
    public string Code { get; }

    /// <summary>Its own name for itself.</summary>
    public string Name => this["language.name"];

    /// <summary>Whether it is written from the right to the left.</summary>
    public bool IsRightToLeft => this["language.direction"] == "rtl";

    /// <summary>How it writes numbers and dates.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The keys of its texts.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">The language lacks it; tests make sure that none does.</exception>
    public string this[string key] => texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"The language {Code} has no text '{key}'.");

    /// <summary>Whether it has a text of this key.</summary>
    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>A text with values in the places of <c>{0}</c>, <c>{1}</c>, …</summary>
    public string Format(string key, params ReadOnlySpan<object?> values) => string.Format(Culture, this[key], values);

    /// <summary>A text that depends on a number: that of <c>key.one</c> or <c>key.other</c>, with the number as <c>{0}</c>.</summary>
    public string Count(string key, long count) => string.Format(Culture, this[count == 1 ? key + ".one" : key + ".other"], Number(count));

    /// <summary>A whole number with its groups set apart.</summary>
    public string Number(long value) => value.ToString("N0", Culture);

    /// <summary>A number with as many decimals as it has, at most <paramref name="decimals"/>.</summary>
    public string Number(decimal value, int decimals) =>
        Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("#,##0." + new string('#', decimals), Culture);

    /// <summary>A number with just so many decimals.</summary>
    public string Fixed(decimal value, int decimals) => value.ToString("N" + decimals, Culture);

    /// <summary>A day.</summary>
    public string Day(DateTimeOffset time) => time.ToString(this["format.day"], Culture);

    /// <summary>A moment.</summary>
    public string Moment(DateTimeOffset time) => time.ToString(this["format.moment"], Culture);

    /// <summary>Reads a language's texts.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="files">One object of keys and texts each; no key is in two of them.</param>
    public static Language Read(string code, IEnumerable<Stream> files)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using (file)
            {
                foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(file, JsonSerializerOptions.Default) ?? [])
                    texts.Add(key, text);
            }
        }
        return new Language(code, texts.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
