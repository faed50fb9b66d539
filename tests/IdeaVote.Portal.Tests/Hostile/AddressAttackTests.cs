using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Whatever stands in the address of whatever page, or in a cookie: the page is there or is refused in so many words, and nothing changes.</summary>
public sealed class AddressAttackTests(FormAttackTests.World world) : IClassFixture<FormAttackTests.World>
{
    /// <summary>How many attacks pass before one is sent in one parameter alone, and how many in a part of the path.</summary>
    private const int Alone = 12;

    private static readonly string[] Cookies = ["ideavote-session", "ideavote-form", "ideavote-notice", "ideavote-undo", "ideavote-language", "ideavote-theme", "ideavote-invited"];

    private static IReadOnlyList<Attack> Short { get; } = [.. Attack.All.Where(static attack => attack.FitsQuery)];

    public static IEnumerable<object[]> Pages => Thorough.Sample(PageTable.Calls.Where(static call => call is { IsForm: false, IsEndless: false }).Select(static call => (object[])[call.ToString()]));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_takes_no_harm_from_its_query(string name)
    {
        var (page, stage) = (PageTable.Find(name), await Stage.BuildAsync(world.Host));
        var path = stage.PathOf(page, world.Host.Account);
        var names = world.Book.ParametersOf(page);
        var before = await world.Host.StateAsync(stage);
        var wrong = new List<string>();
        for (var i = 0; i < Short.Count && wrong.Count < 5; i++)
        {
            // Each in one parameter, in turn; and now and then as many as fit into a line, others in each.
            var queries = new List<string>();
            for (var j = 0; j < names.Count; j++)
                if (HostileHost.IsLong || (i % Alone == 0 && j == i / Alone % names.Count))
                    queries.Add($"{Uri.EscapeDataString(names[j])}={Short[i].Encoded}");
            if (HostileHost.IsLong || i % (2 * Alone) == 1)
                queries.Add(Many(names, i));
            foreach (var query in queries)
                if (await TryAsync($"{path}?{query}") is { } problem)
                    wrong.Add($"{Short[i]}\n    {query}\n    {problem}");
        }
        wrong.ShouldBeEmpty();
        (await world.Host.StateAsync(stage)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_takes_no_harm_from_its_path(string name)
    {
        var page = PageTable.Find(name);
        if (!page.Route.Contains('{', StringComparison.Ordinal))
            return;
        var stage = await Stage.BuildAsync(world.Host);
        var before = await world.Host.StateAsync(stage);
        var wrong = new List<string>();
        for (var i = 0; i < Short.Count && wrong.Count < 5; i++)
        {
            // A path holds no bare % and no dot-segments: clients take those out.
            if ((!HostileHost.IsLong && i % Alone != 2) || Short[i].Kind == "bytes" || Short[i].Encoded is "" or "." or ".." || Short[i].Encoded.Contains("%00", StringComparison.Ordinal))
                continue;
            var path = page.Route.Contains("{i}", StringComparison.Ordinal) && i % 2 == 0
                ? page.Path(stage.Campaign, Short[i].Encoded, world.Host.Account)
                : page.Path(Short[i].Encoded, stage.Idea, Short[i].Encoded);
            if (await TryAsync(path) is { } problem)
                wrong.Add($"{Short[i]}\n    {path}\n    {problem}");
        }
        wrong.ShouldBeEmpty();
        (await world.Host.StateAsync(stage)).ShouldBe(before);
    }

    [Fact]
    public async Task A_page_takes_no_harm_from_cookies_and_headers()
    {
        var stage = await Stage.BuildAsync(world.Host);
        var paths = new[] { "/", $"/c/{stage.Campaign}", $"/c/{stage.Campaign}/ideas/{stage.Idea}", "/me", "/sign-in" };
        var wrong = new List<string>();
        for (var i = 0; i < Short.Count && wrong.Count < 5; i++)
        {
            // What a header can't hold never arrives.
            var value = Short[i].Encoded;
            foreach (var header in new[] { $"Cookie: {Cookies[i % Cookies.Length]}={value}", $"Cookie: ideavote-notice={Uri.EscapeDataString("+notice.welcome\n")}{value}", $"Cookie: ideavote-undo={stage.Idea}%26{value}%26a%3Db", $"Accept-Language: {value}" })
            {
                var answer = await world.Host.Stranger.AskAsync(HttpMethod.Get, paths[i % paths.Length], header: header);
                if (Verdict.Of(answer) is { } problem)
                    wrong.Add($"{header}\n    {problem}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cookie_of_forms_that_somebody_made_up_is_replaced_and_is_no_error_of_the_server(string value)
    {
        using var browser = world.Host.Browser();

        (await browser.AskAsync(HttpMethod.Get, "/sign-in", header: $"Cookie: ideavote-form={value}")).Status.ShouldBe(200);

        browser.Cookies.GetAllCookies().Select(static cookie => cookie.Name).ShouldContain("ideavote-form");
        world.Host.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cookie_that_somebody_made_up_can_not_put_another_form_on_an_idea_s_page()
    {
        var stage = await Stage.BuildAsync(world.Host);
        var path = $"/c/{stage.Campaign}/ideas/{stage.Idea}";
        foreach (var action in new[] { "../../../../me/delete", "status", "edit", "talk", "approve/../status", "APPROVE" })
        {
            var page = await world.Host.Customer.AskAsync(HttpMethod.Get, path, header: $"Cookie: ideavote-undo={stage.Idea}%26{Uri.EscapeDataString(action)}%26votes%3Dkeep");
            page.Markup.Of("form").ShouldNotContain(form => form["action"]!.EndsWith(action, StringComparison.Ordinal) && form["class"] == null && page.Markup.Within(form).Any(field => field["name"] == "undo"), action);
        }
    }

    private static string Many(IReadOnlyList<string> names, int attack)
    {
        var parts = new List<string>();
        var length = 0;
        for (var j = 0; j < names.Count; j++)
        {
            var part = $"{Uri.EscapeDataString(names[j])}={Short[(attack + j * 7) % Short.Count].Encoded}";
            if ((length += part.Length) > 6_500)
                break;
            parts.Add(part);
        }
        return string.Join('&', parts);
    }

    /// <summary>Asks for an address as somebody who may see the page.</summary>
    private async Task<string?> TryAsync(string path) => Verdict.Of(await world.Host.Manager.AskAsync(HttpMethod.Get, path));
}
