using System.Text.RegularExpressions;
using IdeaVote.Portal.Languages;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Every language says everything.</summary>
public sealed partial class TextTests
{
    private static readonly LanguageBook Languages = new();

    public static TheoryData<string> Codes => [.. Languages.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_language_has_all_keys_of_the_first_and_no_others(string code) =>
        Languages.Find(code)!.Keys.Order(StringComparer.Ordinal).ShouldBe(Languages.All[0].Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_text_says_something_and_has_the_places_that_the_first_languages_has(string code)
    {
        var language = Languages.Find(code)!;
        foreach (var key in language.Keys)
        {
            language[key].ShouldNotBeNullOrWhiteSpace(key);
            // One of a kind may be spelt out; which values there are is the same.
            if (!key.EndsWith(".one", StringComparison.Ordinal))
                PlacesOf(language[key]).ShouldBe(PlacesOf(Languages.All[0][key]), key);
            Should.NotThrow(() => language.Format(key, "a", "b", "c", "d", "e", "f"), key);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void No_text_holds_markup(string code) =>
        Languages.Find(code)!.Keys.ShouldAllBe(key => !Languages.Find(code)![key].Contains('<'));

    [Fact]
    public void What_pages_say_is_in_the_texts()
    {
        var language = Languages.All[0];
        var areas = language.Keys.Select(key => key.Split('.')[0]).ToHashSet();
        var used = 0;
        foreach (var (name, text) in Repository.PortalFiles(".razor", ".cs"))
        {
            foreach (var key in Keys().Matches(text).Select(match => match.Groups["key"].Value).Where(key => areas.Contains(key.Split('.')[0]) && Path.GetExtension(key) != ".js"))
            {
                // A key that ends with a point is the beginning of several.
                var exists = key.EndsWith('.')
                    ? language.Keys.Any(other => other.StartsWith(key, StringComparison.Ordinal))
                    : language.Has(key) || (language.Has(key + ".one") && language.Has(key + ".other"));
                exists.ShouldBeTrue($"{name} uses {key}");
                used++;
            }
            foreach (var key in Calls().Matches(text).Select(match => match.Groups["key"].Value).Where(key => !key.EndsWith('.')))
                (language.Has(key) || language.Has(key + ".other")).ShouldBeTrue($"{name} uses {key}");
        }
        used.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void What_is_in_the_texts_some_page_says()
    {
        var source = string.Concat(Repository.PortalFiles(".razor", ".cs").Select(file => file.Text));
        var literals = Keys().Matches(source).Select(match => match.Groups["key"].Value).ToHashSet();
        var beginnings = literals.Where(key => key.EndsWith('.')).Concat(["problem."]).ToList();

        foreach (var key in Languages.All[0].Keys)
        {
            var stem = key.EndsWith(".one", StringComparison.Ordinal) || key.EndsWith(".other", StringComparison.Ordinal) ? key[..key.LastIndexOf('.')] : key;
            (literals.Contains(key) || literals.Contains(stem) || beginnings.Exists(beginning => key.StartsWith(beginning, StringComparison.Ordinal)))
                .ShouldBeTrue($"nothing says {key}");
        }
    }

    [Theory]
    [InlineData("en", "1,234.5")]
    [InlineData("de", "1.234,5")]
    public void Numbers_are_written_as_the_language_does(string code, string written) => Languages.Find(code)!.Number(1234.5m, 2).ShouldBe(written);

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de")]
    [InlineData("fr,de;q=0.5", "de")]
    [InlineData("en;q=0.1,de;q=0.2", "de")]
    [InlineData("fr", "en")]
    [InlineData("", "en")]
    [InlineData(";;;q=,=\u0001", "en")]
    public void The_language_is_the_one_that_the_browser_likes_best(string accepted, string code) => Languages.Choose([accepted]).Code.ShouldBe(code);

    private static string PlacesOf(string text) => string.Join(' ', Places().Matches(text).Select(match => match.Value[1..^1].Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Places();

    // A literal like "area.key", or the beginning of one: "area." and $"area.{what}". What stands behind an = is an attribute's expression.
    [GeneratedRegex("(?<!=)\"(?<key>[a-z][a-zA-Z]*\\.(?:[a-zA-Z0-9_]+\\.)*[a-zA-Z0-9_]*)(?=[\"{])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Keys();

    [GeneratedRegex("\\b(?:T|N|Notice)\\(\"(?<key>[^\"{]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Calls();
}
