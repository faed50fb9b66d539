using System.Net.Http.Headers;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Whatever is filled into whatever form: it is refused in so many words and changes nothing, or taken and does no harm.</summary>
public sealed class FormAttackTests(FormAttackTests.World world) : IClassFixture<FormAttackTests.World>
{
    // Forms that are on none of the pages: a link with a secret leads to the first, modules and further buttons send the previews, of the last the page is another idea's.
    private static readonly string[] Pageless = ["/setup", "/preview", "/campaigns/new/preview", "/c/{c}/settings/preview", "/c/{c}/ideas/{i}/unmerge"];

    [Fact]
    public void There_are_very_many_attacks_and_no_two_are_the_same()
    {
        Attack.All.Count.ShouldBeGreaterThanOrEqualTo(200);
        Attack.All.Select(static attack => attack.Encoded).ShouldBeUnique();
    }

    public static IEnumerable<object[]> Forms => Thorough.Sample(PageTable.Forms);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_takes_no_harm_and_does_none(string name)
    {
        var call = PageTable.Find(name);
        if (call.Method == HttpMethod.Delete)
            return;
        var target = await TargetAsync(call);
        target.State = await world.Host.StateAsync(target.Stage);
        var wrong = new List<string>();
        for (var i = 0; i < Attack.All.Count && wrong.Count < 5; i++)
        {
            foreach (var body in target.Bodies(i))
            {
                if (await TryAsync(target, body, follows: HostileHost.IsLong || i % 16 == 0) is { } problem)
                    wrong.Add($"{Attack.All[i]}\n    {(body.Length <= 400 ? body : body[..400])}\n    {problem}");
            }
        }
        wrong.ShouldBeEmpty();
        (await AfterwardsAsync(target, call)).ShouldBeEmpty();
    }

    /// <summary>Sends one body.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="body">The body, but for the token.</param>
    /// <param name="follows">Whether to look at where the answer leads; all that is shown of it is looked at in the end.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    private async Task<string?> TryAsync(Target target, string body, bool follows)
    {
        using var content = new StringContent($"{Browser.TokenField}={Uri.EscapeDataString(target.Token)}&{body}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var answer = await target.Browser.AskAsync(HttpMethod.Post, target.Path, content);
        if (Verdict.Of(answer) is { } wrong)
            return wrong;
        var (before, after) = (target.State, await world.Host.StateAsync(target.Stage));
        target.State = after;
        if (answer.Status >= 400)
            return after == before ? null : $"{answer.Status}, and yet something changed";
        if (answer.Location is not { } location || !follows)
            return null;
        var page = await target.Browser.AskAsync(HttpMethod.Get, location.Split('#')[0]);
        // Whoever is led away by a form must get somewhere.
        return Verdict.Of(page) is { } astray ? $"then: {astray}" : null;
    }

    /// <summary>Looks at every page on which what was taken is shown: after each form as somebody else, at length as everybody.</summary>
    private async Task<IReadOnlyList<string>> AfterwardsAsync(Target target, PageCall form)
    {
        var wrong = new List<string>();
        var everybody = Enum.GetValues<Who>();
        var turn = PageTable.Calls.Where(static call => call.IsForm).ToList().IndexOf(form) % everybody.Length;
        foreach (var who in HostileHost.IsLong ? everybody : [everybody[turn]])
        {
            foreach (var page in PageTable.Calls.Where(static call => call is { IsForm: false, IsEndless: false }))
            {
                if (Verdict.Of(await FormBook.BrowserOf(world.Host, who).AskAsync(HttpMethod.Get, target.Stage.PathOf(page, world.Host.Account))) is { } problem)
                    wrong.Add($"afterwards {who} {page}: {problem}");
            }
        }
        return wrong;
    }

    private async Task<Target> TargetAsync(PageCall call)
    {
        var stage = await Stage.BuildAsync(world.Host);
        if (await ReachedAsync(call, stage) is { } reached)
            return await TargetAsync(call, stage, reached.Browser, reached.Page);
        if (world.Book.Find(call) is not { } known)
        {
            Pageless.ShouldContain(call.Route, $"{call} is a form that no page shows: it can't be tried.");
            var anybody = call.Scopes switch { Engine.Access.Scopes.None => world.Host.Stranger, Engine.Access.Scopes.Vote => world.Host.Customer, _ => world.Host.Manager };
            var names = call.Fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static field => field.Split('=')).Select(static field => new KeyValuePair<string, string>(field[0], field[1])).ToList();
            return new Target(stage, stage.PathOf(call, world.Host.Account), anybody, (await anybody.GetAsync("/sign-in")).Token, names, [.. names.Select(static field => field.Key), "key", "name", "email", "password"]);
        }
        // Whose own password or sessions it is about has nothing else to do.
        var browser = known.Who == Who.Customer && (call.Route.StartsWith("/me/", StringComparison.Ordinal) || call.Route == "/sign-out") ? await world.Host.EnterAsync(Engine.Accounts.Role.Customer) : FormBook.BrowserOf(world.Host, known.Who);
        return await TargetAsync(call, stage, browser, stage.PathOf(known.Page, world.Host.Account));
    }

    /// <summary>A form that is there only after something else has happened: by whom, and on which page; null for another form.</summary>
    private async Task<(Browser Browser, string Page)?> ReachedAsync(PageCall call, Stage stage)
    {
        switch (call.Route)
        {
            case "/c/{c}/announce":
                await world.Host.Admin.PutAsync($"campaigns/{stage.Campaign}/stage", """{"stage":"over"}""").Expect(200);
                return (world.Host.Manager, $"/c/{stage.Campaign}/announce");
            case "/invitations/decline":
                var shared = (await world.Host.Customer.GetAsync($"/c/{stage.Campaign}")).Markup.Of("input").Single(static input => input["id"] == "share-link")["value"]!;
                var invited = world.Host.Browser("de");
                await invited.GetAsync(new Uri(shared).PathAndQuery);
                return (invited, $"/c/{stage.Campaign}");
            default:
                return null;
        }
    }

    private static async Task<Target> TargetAsync(PageCall call, Stage stage, Browser browser, string path)
    {
        var page = await browser.GetAsync(path);
        var form = page.Markup.Of("form").First(form => form["method"] == "post" && FormBook.IsOf(form["action"]!, call));
        var fields = page.Form(form["action"]!);
        fields.RemoveAll(static field => field.Key == Browser.TokenField);
        var all = page.Markup.Within(form).Select(static field => field["name"]).OfType<string>().Where(static name => name != Browser.TokenField).Append("another").Distinct().ToArray();
        return new Target(stage, form["action"]!, browser, page.Token, fields, all);
    }

    /// <summary>The server and its forms.</summary>
    public sealed class World : IAsyncLifetime
    {
        public HostileHost Host { get; } = new();

        public FormBook Book { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            Book = await FormBook.ReadAsync(Host);
        }

        public Task DisposeAsync() => Host.DisposeAsync();
    }

    /// <summary>A form to attack.</summary>
    /// <param name="Stage">Where it is.</param>
    /// <param name="Path">Where it is sent.</param>
    /// <param name="Browser">Whose it is.</param>
    /// <param name="Token">Its token.</param>
    /// <param name="Fields">What is in it.</param>
    /// <param name="Names">Its fields, and one that it does not have.</param>
    private sealed record Target(Stage Stage, string Path, Browser Browser, string Token, IReadOnlyList<KeyValuePair<string, string>> Fields, string[] Names)
    {
        /// <summary>How many attacks pass before one is sent in one field alone.</summary>
        private const int Alone = 18;

        private static int number;

        /// <summary>What there was after the last attack.</summary>
        public string State { get; set; } = "";

        /// <summary>
        /// Attacks in all fields, another in each, so that every attack is in some field of most forms; and now and then one in one field of a form that is
        /// otherwise filled in well. At length: every attack with others, and alone in every field.
        /// </summary>
        public IEnumerable<string> Bodies(int attack)
        {
            // Five fields or more hold five attacks or more at a time, of which those next to each other are not multiples of five apart.
            if (HostileHost.IsLong || attack % Math.Min(5, Names.Length * 2) == 0)
                yield return string.Join('&', Names.Select((name, i) => $"{Uri.EscapeDataString(name)}={Attack.All[(attack + i * 7) % Attack.All.Count].Encoded}"));
            for (var i = 0; i < Names.Length; i++)
            {
                if (HostileHost.IsLong || (attack % Alone == 0 && i == attack / Alone % Names.Length))
                    yield return string.Join('&', Good().Where(field => field.Name != Names[i]).Select(static field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}").Append($"{Uri.EscapeDataString(Names[i])}={Attack.All[attack].Encoded}"));
            }
        }

        /// <summary>The form filled in as somebody would who means well. Without its key, which makes the same form sent twice one act.</summary>
        private IEnumerable<(string Name, string Value)> Good() => Fields.Where(static field => field.Key != "key").Select(static field => (field.Key, field switch
        {
            { Value.Length: > 0 } => field.Value,
            { Key: "email" } => $"hostile{Interlocked.Increment(ref number)}@example.com",
            { Key: "password" or "current" or "confirm" } => "another horse 43",
            { Key: "title" or "name" or "text" or "body" } => "Words",
            _ => field.Value,
        }));
    }
}
