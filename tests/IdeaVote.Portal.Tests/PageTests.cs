using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>What holds of every page, whoever looks.</summary>
public sealed class PageTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private static readonly string[] Labelled = ["input", "select", "textarea"];

    [Theory]
    [MemberData(nameof(PageTable.Pages), MemberType = typeof(PageTable))]
    public async Task Its_policy_lets_in_nothing_but_what_we_wrote(string name)
    {
        foreach (var page in await SeenAsync(name))
        {
            var policy = page.Headers["Content-Security-Policy"].Split(';', StringSplitOptions.TrimEntries);
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("script-src 'self'");
            policy.ShouldContain("style-src 'self'");
            policy.ShouldContain("form-action 'self'");
            policy.ShouldContain("base-uri 'none'");
            policy.ShouldContain("frame-ancestors 'none'");
            page.Headers["Content-Security-Policy"].ShouldNotContain("unsafe");
            page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            page.Headers["Referrer-Policy"].ShouldBe("same-origin");
            page.Headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
            page.Headers["Cache-Control"].ShouldContain("no-store");
            page.Headers.ShouldNotContainKey("Server");
            page.Cookies.ShouldAllBe(cookie => cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(PageTable.Pages), MemberType = typeof(PageTable))]
    public async Task Nothing_in_it_stands_in_line_that_the_policy_would_stop(string name)
    {
        foreach (var page in await SeenAsync(name))
        {
            page.Markup.Of("style", "iframe", "object", "embed", "base").ShouldBeEmpty();
            page.Markup.Of("script").ShouldAllBe(script => script["src"]!.StartsWith("/assets/") && script.Text.Length == 0);
            foreach (var element in page.Markup.Elements)
            {
                element.Attributes.Keys.ShouldAllBe(attribute => attribute != "style" && !attribute.StartsWith("on"), $"{element}");
                foreach (var address in new[] { element["href"], element["src"], element["action"] }.OfType<string>())
                    address.ShouldMatch("^(/([^/\\\\]|$)|#|https://|mailto:)", $"{element}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(PageTable.Pages), MemberType = typeof(PageTable))]
    public async Task It_can_be_read_by_those_who_do_not_see_it(string name)
    {
        foreach (var page in await SeenAsync(name))
        {
            var ids = page.Markup.Elements.Select(element => element["id"]).OfType<string>().ToList();
            ids.ShouldBeUnique();
            foreach (var element in page.Markup.Elements)
            {
                foreach (var reference in new[] { element["for"], element["aria-labelledby"], element["aria-describedby"] }.OfType<string>())
                    reference.Split(' ').ShouldAllBe(id => ids.Contains(id), $"{element}");
                if (Labelled.Contains(element.Name) && element["type"] is not ("hidden" or "submit") && element["aria-hidden"] != "true")
                {
                    (element.Has("aria-label") || element.Has("aria-labelledby") || element.Path.Contains("label")
                        || page.Markup.Of("label").Any(label => label["for"] == element["id"])).ShouldBeTrue($"{element} has no label");
                }
                if (element.Name is "button" or "a")
                    (element.Text.Trim().Length > 0 || element["aria-label"] is { Length: > 0 }).ShouldBeTrue($"{element} says nothing");
                if (element.Name == "img")
                    element.Has("alt").ShouldBeTrue($"{element}");
            }
            if (!page.Html.StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase))
                continue;
            page.Heading.ShouldNotBeEmpty();
            page.Markup.Of("title").ShouldHaveSingleItem().Text.ShouldNotBeEmpty();
            page.Markup.Of("main").ShouldHaveSingleItem();
            page.Markup.Elements[0].ShouldSatisfyAllConditions(html => html.Name.ShouldBe("html"), html => html["lang"].ShouldBe("en"), html => html["dir"].ShouldBe("ltr"));
            page.Markup.Of("label").Count(label => label.Text.Trim().Length == 0).ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(PageTable.Forms), MemberType = typeof(PageTable))]
    public async Task What_a_form_answers_holds_to_the_same(string name)
    {
        var answer = await world.SendAsync(world.Visitors[0].Browser, PageTable.Find(name));

        answer.Headers["Content-Security-Policy"].ShouldNotContain("unsafe");
        if (answer.Html.Length > 0)
            answer.Markup.Elements.ShouldAllBe(element => !element.Has("style"));
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_is_a_page_with_a_way_on()
    {
        foreach (var path in new[] { "/nothing", "/c/none", "/c/none/ideas/none", $"/c/{world.Campaign}/ideas/none", "/c/..%2f", "/assets/none.css" })
        {
            var page = await world.Visitors[0].Browser.AskAsync(HttpMethod.Get, path);

            page.Status.ShouldBe(404, path);
            page.Heading.ShouldBe("That did not work", path);
            page.Markup.Of("a").ShouldContain(link => link["href"] == "/");
        }
    }

    /// <summary>A page as all who may see it do; of what is no page, nothing.</summary>
    private async Task<IReadOnlyList<PageView>> SeenAsync(string name)
    {
        var call = PageTable.Find(name);
        var seen = new List<PageView>();
        foreach (var visitor in world.Visitors.Where(visitor => visitor.May(call)))
            seen.Add(await visitor.Browser.AskAsync(HttpMethod.Get, world.PathOf(call)));
        seen.RemoveAll(page => page.Headers.GetValueOrDefault("Content-Disposition")?.StartsWith("attachment", StringComparison.Ordinal) == true);
        return seen;
    }
}
