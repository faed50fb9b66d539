using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>What people write can be shown to others.</summary>
public sealed class MarkdownTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["p"] = [],
        ["em"] = [],
        ["strong"] = [],
        ["del"] = [],
        ["code"] = [],
        ["pre"] = [],
        ["blockquote"] = [],
        ["br"] = [],
        ["hr"] = [],
        ["ul"] = [],
        ["ol"] = ["start", "type"],
        ["li"] = [],
        ["h3"] = [],
        ["h4"] = [],
        ["h5"] = [],
        ["h6"] = [],
        ["table"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = [],
        ["th"] = [],
        ["td"] = [],
        ["a"] = ["href", "title", "rel"],
    };

    private static readonly string[] Schemes = ["http", "https", "mailto"];

    public static TheoryData<string> Attacks =>
    [
        // Raw HTML, whole, broken, in odd places.
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<iframe src=javascript:alert(1)>", "<a href=\"javascript:alert(1)\">x</a>", "<b onmouseover=alert(1)>x</b>",
        "<style>body{display:none}</style>", "<base href=//evil.example>", "<form action=//evil.example><button>Sign in</button></form>", "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>", "<math><mtext></mtext><script>alert(1)</script></math>", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
        "text <img src=x onerror=alert(1)> text", "- <script>alert(1)</script>", "> <script>alert(1)</script>", "| <script>alert(1)</script> |\n|---|\n| x |",
        "`<script>alert(1)</script>`", "```html\n<script>alert(1)</script>\n```", "```\" onmouseover=\"alert(1)\nx\n```", "```<script>\nx\n```", "    <script>alert(1)</script>", "# <script>alert(1)</script>",
        "\\<script>alert(1)\\</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",

        // Links.
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x]( javascript:alert(1))", "[x](<javascript:alert(1)>)", "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript:alert(1))",
        "[x](javascript&colon;alert(1))", "[x](java&#10;script:alert(1))", "[x](java&Tab;script:alert(1))", "[x](\u0001javascript:alert(1))", "[x](&#1;javascript:alert(1))", "[x](java\tscript:alert(1))",
        "[x](\\javascript:alert(1))", "[x](vbscript:msgbox(1))", "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "[x](data:text/html,<script>alert(1)</script>)",
        "[x](file:///etc/passwd)", "[x](blob:https://evil.example/1)", "[x](about:blank)", "[x](ftp://evil.example)", "[x](//evil.example)", "[x](/\\evil.example)", "[x](\\\\evil.example)",
        "[x](%6aavascript:alert(1))", "[x](feed:javascript:alert(1))", "[x](view-source:javascript:alert(1))", "[x](jav\u00adascript:alert(1))", "[x](ｊavascript:alert(1))", "[x](\u2028javascript:alert(1))",
        "[x](https://e.example \"\\\" onmouseover=alert(1) \\\"\")", "[x](https://e.example '\" onmouseover=\"alert(1)')", "[x](https://e.example/\"onmouseover=\"alert(1))", "[x](https://e.example/<script>)",
        "[x][1]\n\n[1]: javascript:alert(1)", "[x][1]\n\n[1]: <javascript:alert(1)> \"t\"", "[1]\n\n[1]: data:text/html,x", "[x](javascript:alert(1) \"title\")", "[**x**](javascript:alert(1))",
        "[![x](javascript:alert(1))](javascript:alert(2))", "[a [b](javascript:alert(1))](https://e.example)", "[x](javascript:alert(1)", "[x](javascript://e.example/%0aalert(1))",

        // Addresses that become links by themselves.
        "<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>", "<data:text/html,x>", "<vbscript:x>", "<file:///etc/passwd>", "javascript:alert(1)", "https://e.example/\"onmouseover=alert(1)",
        "https://e.example/<script>alert(1)</script>", "www.e.example\"onclick=alert(1)", "<https://e.example/\"onclick=alert(1)>", "mailto:a@b.example\"onclick=alert(1)", "tel:123", "ftp://e.example",

        // Pictures.
        "![x](javascript:alert(1))", "![x](https://evil.example/track.gif)", "![x](data:image/svg+xml,<svg onload=alert(1)>)", "![\" onerror=\"alert(1)](https://e.example/x.png)", "![x](x \"\\\" onerror=alert(1)\")",
        "![][1]\n\n[1]: javascript:alert(1)",

        // Attributes, classes and ids that would dress a text up as a part of the page.
        "# x {#main onclick=alert(1)}", "x {.notice style=display:none}", "[x](https://e.example){onclick=alert(1)}", "```js {onclick=alert(1)}\nx\n```",
        "| a | b |\n|:--|--:|\n| 1 | 2 |", "<div class=\"notice\">x</div>", ":::danger\nx\n:::", "[^1]\n\n[^1]: <script>alert(1)</script>",

        // Letters that are not what they look like, or nothing at all.
        "\u202e<script>alert(1)</script>", "<\u0000script>alert(1)</script>", "\ufeff<script>alert(1)</script>", "＜script＞alert(1)＜/script＞", "\ud800", "[x](https://e.example/\ud800)", "\u0000", "\u0008[x](javascript:alert(1))",
    ];

    [Fact]
    public void There_are_many_attacks() => Attacks.Count.ShouldBeGreaterThanOrEqualTo(100);

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_becomes_harmless_text(string text) => ShouldBeHarmless(text);

    [Theory]
    [MemberData(nameof(Attacks))]
    public void So_it_does_within_other_marks(string text)
    {
        foreach (var around in new[] { "> {0}", "- {0}", "1. a\n\n   {0}", "**{0}**", "# {0}", "| a |\n|---|\n| {0} |", "[{0}](https://e.example)", "~~{0}~~ {0}" })
            ShouldBeHarmless(around.Replace("{0}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void So_does_any_mixture_of_them()
    {
        var pieces = ((IEnumerable<object[]>)Attacks).Select(row => (string)row[0])
            .Concat(["[", "]", "(", ")", "<", ">", "\"", "'", "!", "\n", "\n\n", "    ", "> ", "- ", "|", "`", "```\n", "*", "_", "~~", "&", ";", "#", "\\", "javascript:", "{", "}", ":"]).ToArray();
        var mixtures = Gen.Elements(pieces).ListOf(6).Select(string.Concat).ToArbitrary();

        Prop.ForAll(mixtures, ShouldBeHarmless).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_picture_becomes_a_link_so_that_nobody_elsewhere_learns_who_looks() =>
        SafeMarkdown.Render("![A view](https://e.example/view.png)").Value.Trim()
            .ShouldBe("<p><a href=\"https://e.example/view.png\" rel=\"nofollow ugc noopener\">A view</a></p>");

    [Theory]
    [InlineData("# Title", "<h3>Title</h3>")]
    [InlineData("###### Title", "<h6>Title</h6>")]
    [InlineData("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>")]
    [InlineData("[here](/c/x)", "<p><a href=\"/c/x\" rel=\"nofollow ugc noopener\">here</a></p>")]
    [InlineData("https://e.example/a", "<p><a href=\"https://e.example/a\" rel=\"nofollow ugc noopener\">https://e.example/a</a></p>")]
    [InlineData("<a@e.example>", "<p><a href=\"mailto:a@e.example\" rel=\"nofollow ugc noopener\">a@e.example</a></p>")]
    [InlineData("[gone](javascript:alert(1))", "<p>gone</p>")]
    [InlineData("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>")]
    public void What_is_harmless_is_shown(string text, string html) => SafeMarkdown.Render(text).Value.Trim().ShouldBe(html);

    [Theory]
    [InlineData("**Short** text", 20, "Short text")]
    [InlineData("one two three four", 10, "one two…")]
    [InlineData("", 10, "")]
    [InlineData("[x](javascript:alert(1)) <b>y</b>", 20, "x <b>y</b>")]
    public void The_beginning_of_a_text_has_no_marks(string text, int maxChars, string excerpt) => SafeMarkdown.Excerpt(text, maxChars).ShouldBe(excerpt);

    [Theory]
    [InlineData(">", 20_000)]
    [InlineData("[", 20_000)]
    [InlineData("*a ", 6_000)]
    [InlineData("- ", 10_000)]
    [InlineData("|a", 10_000)]
    [InlineData("![[", 6_000)]
    [InlineData("<", 20_000)]
    [InlineData("`", 20_000)]
    public void A_text_made_to_be_slow_is_not(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));
        var began = TimeProvider.System.GetTimestamp();

        ShouldBeHarmless(text);

        SafeMarkdown.Excerpt(text, 200).Length.ShouldBeLessThanOrEqualTo(200);
        // Generous, for a busy machine: what grows with the square or worse takes minutes.
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static void ShouldBeHarmless(string text)
    {
        foreach (var element in Markup.Read(SafeMarkdown.Render(text).Value).Elements)
        {
            Allowed.ShouldContainKey(element.Name, text);
            foreach (var (attribute, value) in element.Attributes)
            {
                Allowed[element.Name].ShouldContain(attribute, $"{element.Name} of {text}");
                if (attribute == "href")
                    ShouldLeadSomewhereAllowed(value, text);
            }
        }
    }

    private static void ShouldLeadSomewhereAllowed(string href, string text)
    {
        href.ShouldNotContain('\\', text);
        href.ShouldAllBe(c => c > ' ', text);
        if (href.StartsWith('#') || (href.StartsWith('/') && !href.StartsWith("//", StringComparison.Ordinal)))
            return;
        Schemes.ShouldContain(href.Split(':')[0].ToLowerInvariant(), $"{href} of {text}");
    }
}
