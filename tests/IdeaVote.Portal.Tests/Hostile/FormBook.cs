using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>A form as a page has it.</summary>
/// <param name="Call">What it is.</param>
/// <param name="Page">The page it is on.</param>
/// <param name="Who">Who is shown it.</param>
public sealed record KnownForm(PageCall Call, PageCall Page, Who Who);

/// <summary>Who looks.</summary>
public enum Who
{
    Customer,
    Manager,
    Stranger,
}

/// <summary>Every form of every page, and every parameter that a page's address has in some link or form: read off the pages, so that none is forgotten.</summary>
public sealed class FormBook
{
    private readonly Dictionary<string, KnownForm> forms = [];
    private readonly Dictionary<string, HashSet<string>> parameters = [];

    private FormBook()
    {
    }

    /// <summary>Looks at all pages as everybody.</summary>
    public static async Task<FormBook> ReadAsync(HostileHost host)
    {
        var book = new FormBook();
        var stage = await Stage.BuildAsync(host);
        foreach (var who in Enum.GetValues<Who>())
        {
            foreach (var page in PageTable.Calls.Where(static call => call is { IsForm: false, IsFile: false, IsEndless: false }))
            {
                var path = stage.PathOf(page, host.Account);
                if (page.Route == "/setup")
                    continue;
                var shown = await BrowserOf(host, who).AskAsync(HttpMethod.Get, path);
                if (shown.Status == 200)
                    book.Read(shown, page, who);
            }
        }
        return book;
    }

    /// <summary>The browser of somebody.</summary>
    public static Browser BrowserOf(HostileHost host, Who who) => who switch { Who.Customer => host.Customer, Who.Manager => host.Manager, _ => host.Stranger };

    /// <summary>Where a form is; null if it is on no page.</summary>
    public KnownForm? Find(PageCall call) => forms.GetValueOrDefault(call.Route);

    /// <summary>The parameters of a page, and those of other pages for good measure.</summary>
    public IReadOnlyList<string> ParametersOf(PageCall page) =>
        [.. (parameters.GetValueOrDefault(page.Route) ?? []).Union(parameters.Values.SelectMany(static all => all).Distinct()).Union(["code", "key", "after", "since"])];

    private void Read(PageView shown, PageCall page, Who who)
    {
        foreach (var form in shown.Markup.Of("form"))
        {
            var path = form["action"]!;
            if (form["method"] == "post" && RouteOf(path, HttpMethod.Post) is { } call)
                forms.TryAdd(call.Route, new KnownForm(call, page, who));
            if (form["method"] == "get" && RouteOf(path, HttpMethod.Get) is { } asked)
                Add(asked, shown.Markup.Within(form).Select(static field => field["name"]).OfType<string>());
        }
        foreach (var link in shown.Markup.Of("a").Select(static link => link["href"] ?? ""))
        {
            if (link.StartsWith('/') && link.Split('#')[0].Split('?', 2) is [var path, var query] && RouteOf(path, HttpMethod.Get) is { } asked)
                Add(asked, query.Split('&').Select(static part => part.Split('=')[0]));
        }
    }

    private void Add(PageCall page, IEnumerable<string> names)
    {
        if (!parameters.TryGetValue(page.Route, out var known))
            parameters[page.Route] = known = [];
        known.UnionWith(names);
    }

    /// <summary>Whether a path is one of a route's.</summary>
    public static bool IsOf(string path, PageCall call)
    {
        var (given, wanted) = (path.Split('/'), call.Route.Split('/'));
        return given.Length == wanted.Length && given.Zip(wanted).All(static part => part.First == part.Second || (part.Second.StartsWith('{') && part.First.Length > 0));
    }

    private static PageCall? RouteOf(string path, HttpMethod method) =>
        PageTable.Calls.Where(call => call.Method == method && IsOf(path, call)).MinBy(static call => call.Route.Count(static c => c == '{'));
}
