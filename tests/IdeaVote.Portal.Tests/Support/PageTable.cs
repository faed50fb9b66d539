using IdeaVote.Engine.Access;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>A page, or a form that is sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Route">The route, with names for its variable parts.</param>
/// <param name="Scopes">What a visitor must be allowed, any of it; nothing for anyone.</param>
/// <param name="Fields">What is filled in, as a query's text.</param>
/// <param name="Answers">What whoever may is answered; 200 for a page and 303 for a form if empty.</param>
public sealed record PageCall(HttpMethod Method, string Route, Scopes Scopes = Scopes.None, string Fields = "", params int[] Answers)
{
    public bool IsForm => Method != HttpMethod.Get;

    /// <summary>Whether it is a file rather than a page.</summary>
    public bool IsFile => Route.Split('/')[^1].Contains('.', StringComparison.Ordinal);

    /// <summary>Whether its answer has no end.</summary>
    public bool IsEndless => Route.EndsWith("/live", StringComparison.Ordinal);

    /// <summary>What whoever may is answered.</summary>
    public int[] Expected => Answers.Length > 0 ? Answers : IsForm ? [303] : [200];

    public override string ToString() => $"{Method} {Route}";

    /// <summary>The path to send.</summary>
    public string Path(string campaign, string idea, string account) => Route
        .Replace("{c}", campaign, StringComparison.Ordinal)
        .Replace("{i}", idea, StringComparison.Ordinal)
        .Replace("{id}", account, StringComparison.Ordinal)
        // A comment that is not there: who may say something of it is asked before.
        .Replace("{t}", Nothing, StringComparison.Ordinal)
        .Replace("{m}", Nothing, StringComparison.Ordinal);

    private const string Nothing = "00000000000000000000";
}

/// <summary>Every page and every form. A test compares it with what the server maps; who may see or send each is asked of all.</summary>
public static class PageTable
{
    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;

    public static readonly IReadOnlyList<PageCall> Calls =
    [
        new(Get, "/"),
        new(Get, "/preferences", Answers: 303),

        new(Get, "/sign-in"),
        new(Post, "/sign-in", Fields: "email=nobody@example.com&password=wrong", Answers: 422),
        new(Get, "/sign-up"),
        new(Post, "/sign-up", Answers: 422),
        new(Post, "/sign-out"),
        new(Get, "/setup", Answers: 404),
        new(Post, "/setup", Answers: 404),
        new(Get, "/forgot"),
        new(Post, "/forgot"),
        new(Get, "/reset"),
        new(Post, "/reset", Answers: 422),
        new(Get, "/confirm"),
        new(Post, "/confirm"),
        new(Post, "/confirm/again", Scopes.Vote),

        new(Get, "/digest/stop"),
        new(Post, "/digest/stop"),

        new(Get, "/c/{c}"),
        new(Get, "/c/{c}/roadmap"),
        new(Get, "/c/{c}/results"),
        new(Get, "/c/{c}/ideas/{i}"),
        new(Get, "/c/{c}/similar"),
        new(Post, "/invitations/decline"),
        new(Get, "/c/{c}/new", Scopes.Vote),
        new(Post, "/c/{c}/new", Scopes.Vote, "title=A+bench"),
        new(Post, "/preview", Scopes.Vote, "body=Text", 200),
        // Who is neither the author nor of the team is told so.
        new(Get, "/c/{c}/ideas/{i}/edit", Scopes.Vote, "", 200, 403),
        new(Post, "/c/{c}/ideas/{i}/edit", Scopes.Vote, "title=Idea", 303, 403),

        new(Post, "/c/{c}/ideas/{i}/approve", Scopes.Vote, "approve=yes"),
        new(Post, "/c/{c}/ideas/{i}/rate", Scopes.Vote, "stars-0=4"),
        new(Post, "/c/{c}/ideas/{i}/invest", Scopes.Vote, "amount=3"),
        new(Post, "/c/{c}/ideas/{i}/place", Scopes.Vote, "place=1"),
        new(Post, "/c/{c}/ideas/{i}/talk", Scopes.Vote, "text=Hello"),
        new(Post, "/c/{c}/ideas/{i}/talk/{t}/{m}/reply", Scopes.Vote, "text=Hello", 404),
        new(Post, "/c/{c}/ideas/{i}/talk/{t}/{m}/edit", Scopes.Vote, "text=Hello", 404),
        new(Post, "/c/{c}/ideas/{i}/talk/{t}/{m}/delete", Scopes.Vote, "", 404),
        new(Post, "/c/{c}/ideas/{i}/talk/{t}/{m}/report", Scopes.Vote, "reason=spam", 404),
        new(Post, "/c/{c}/ideas/{i}/talk/{t}/{m}/moderate", Scopes.Manage, "reason=spam", 404),
        new(Get, "/c/{c}/ballot", Scopes.Vote),
        new(Get, "/c/{c}/duels", Scopes.Vote),
        new(Post, "/c/{c}/duels", Scopes.Vote, "one={i}&other={j}&better=one"),

        new(Get, "/c/{c}/leaderboard"),
        new(Get, "/c/{c}/leaderboard.csv"),
        new(Get, "/c/{c}/leaderboard.xlsx"),
        new(Get, "/c/{c}/leaderboard.jsonl"),
        new(Get, "/c/{c}/leaderboard.svg"),
        new(Get, "/c/{c}/portfolio"),
        new(Get, "/c/{c}/portfolio.csv"),
        new(Get, "/c/{c}/portfolio.xlsx"),
        new(Get, "/c/{c}/portfolio.json"),
        new(Get, "/c/{c}/election.pb", Scopes.Export),
        new(Get, "/c/{c}/participation", Scopes.Export),
        new(Get, "/c/{c}/participation.csv", Scopes.Export),
        new(Get, "/c/{c}/segments.csv", Scopes.Export),
        new(Get, "/c/{c}/word-of-mouth.csv", Scopes.Export),
        new(Get, "/c/{c}/word-of-mouth.jsonl", Scopes.Export),
        new(Get, "/c/{c}/word-of-mouth.xlsx", Scopes.Export),

        new(Get, "/me", Scopes.Vote),
        new(Get, "/me/news", Scopes.Vote),
        new(Post, "/me/profile", Scopes.Vote, "name=Ann"),
        new(Post, "/me/password", Scopes.Vote, "", 422),
        new(Post, "/me/sessions", Scopes.Vote),
        new(Get, "/me/export", Scopes.Vote),
        new(Post, "/me/delete", Scopes.Vote, "confirm=wrong"),
        // It erases only who says what becomes of the votes.
        new(HttpMethod.Delete, "/me", Scopes.Vote, "", 400),
        new(Get, "/people/{id}"),

        new(Get, "/admin/accounts", Scopes.Admin),
        new(Get, "/admin/accounts/{id}", Scopes.Admin),
        new(Post, "/admin/accounts/{id}", Scopes.Admin, "role=Customer"),
        new(Post, "/admin/accounts/{id}/link", Scopes.Admin, "", 200),

        new(Get, "/admin/tokens", Scopes.Admin),
        new(Post, "/admin/tokens/new", Scopes.Admin, "name=Intranet&scope=export", 200),
        new(Post, "/admin/tokens/{id}/revoke", Scopes.Admin, "", 404),
        new(Get, "/admin/load", Scopes.Admin),

        new(Get, "/campaigns/new", Scopes.Manage),
        new(Post, "/campaigns/new", Scopes.Manage, "", 422),
        new(Post, "/campaigns/new/preview", Scopes.Manage, "title=New&brief=Words", 200),
        new(Get, "/c/{c}/announce", Scopes.Manage),
        // Voting is open there.
        new(Post, "/c/{c}/announce", Scopes.Manage, "text=Thanks&chosen={i}", 422),
        new(Get, "/c/{c}/settings", Scopes.Manage),
        new(Post, "/c/{c}/settings", Scopes.Manage, "", 422),
        new(Post, "/c/{c}/settings/preview", Scopes.Manage, "title=New&brief=Words", 200),
        new(Get, "/c/{c}/team", Scopes.Manage),
        new(Post, "/c/{c}/team/members", Scopes.Manage, "email=nobody@example.com"),
        new(Post, "/c/{c}/stage", Scopes.Manage, "stage=nowhere", 400),
        new(Post, "/c/{c}/ideas/{i}/status", Scopes.Manage, "status=published"),
        new(Get, "/c/{c}/ideas/{i}/merge", Scopes.Manage),
        new(Post, "/c/{c}/ideas/{i}/merge", Scopes.Manage, "into=00000000000000000000", 404),
        new(Post, "/c/{c}/ideas/{i}/unmerge", Scopes.Manage),

        new(Get, "/c/{c}/live"),
    ];

    /// <summary>All of them that have an end, by name, for theories.</summary>
    public static TheoryData<string> All => [.. Calls.Where(call => !call.IsEndless).Select(call => call.ToString())];

    /// <summary>The forms.</summary>
    public static TheoryData<string> Forms => [.. Calls.Where(call => call.IsForm).Select(call => call.ToString())];

    /// <summary>The pages.</summary>
    public static TheoryData<string> Pages => [.. Calls.Where(call => call is { IsForm: false, IsFile: false, IsEndless: false }).Select(call => call.ToString())];

    /// <summary>The call of a name.</summary>
    public static PageCall Find(string name) => Calls.Single(call => call.ToString() == name);
}
