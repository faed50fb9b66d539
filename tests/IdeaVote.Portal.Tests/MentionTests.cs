using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary><c>@Name</c> leads to whoever is meant, and to nobody else.</summary>
public sealed class MentionTests
{
    private static readonly Mentions People = new([new("Ann", "/people/1"), new("Ann Marie", "/people/2"), new("Zoë O'Hara", "/people/3"), new("<b>", "/people/4"), new("ann", "/people/5")]);

    [Theory]
    [InlineData("@Ann", "/people/1")]
    [InlineData("Thanks, @ann!", "/people/1")]
    [InlineData("(@ANN)", "/people/1")]
    [InlineData("**@Ann** said", "/people/1")]
    [InlineData("@Ann Marie, hello", "/people/2")]
    [InlineData("@Ann Mariella", "/people/1")]
    [InlineData("@@Ann", "/people/1")]
    [InlineData("- @Zoë O'Hara", "/people/3")]
    [InlineData("@<b>", "/people/4")]
    public void A_name_after_the_sign_leads_to_the_person(string text, string where) =>
        Links(text).ShouldBe([where]);

    [Theory]
    [InlineData("Ann")]
    [InlineData("@Anna")]
    [InlineData("@ Ann")]
    [InlineData("me@ann.example")]
    [InlineData("`@Ann`")]
    [InlineData("```\n@Ann\n```")]
    [InlineData("@Bob")]
    [InlineData("@")]
    public void Nothing_else_does(string text) => Links(text).ShouldBeEmpty();

    [Fact]
    public void A_text_stays_what_it_was_around_its_mentions()
    {
        var html = SafeMarkdown.Render("Hi @Ann and @Ann Marie: *really*, @Ann?", People).Value;

        html.Trim().ShouldBe(
            "<p>Hi <a href=\"/people/1\" rel=\"nofollow ugc noopener\">@Ann</a> and <a href=\"/people/2\" rel=\"nofollow ugc noopener\">@Ann Marie</a>: "
            + "<em>really</em>, <a href=\"/people/1\" rel=\"nofollow ugc noopener\">@Ann</a>?</p>");
    }

    [Fact]
    public void In_a_link_a_name_leads_where_the_link_leads() =>
        Links("[@Ann](https://elsewhere.example)").ShouldBe(["https://elsewhere.example"]);

    private static IReadOnlyList<string> Links(string text) =>
        [.. Markup.Read(SafeMarkdown.Render(text, People).Value).Of("a").Select(link => link["href"]!)];
}
