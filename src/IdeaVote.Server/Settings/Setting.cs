using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server.Settings;

/// <summary>One thing that the environment tells a server.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Form">What its value looks like.</param>
/// <param name="Meaning">What it says, and what is so without it.</param>
public sealed record Setting(string Name, string Form, string Meaning);

/// <summary>Everything that the environment tells a server. Help and README show this table.</summary>
public static class SettingTable
{
    /// <summary>What all variables of IdeaVote begin with.</summary>
    public const string Prefix = "IDEAVOTE_";

    /// <summary>The administrator's token.</summary>
    public const string AdminToken = "IDEAVOTE_ADMIN_TOKEN";

    /// <summary>The PostgreSQL database.</summary>
    public const string Journal = "IDEAVOTE_JOURNAL";

    /// <summary>The proxies that are believed.</summary>
    public const string Proxies = "IDEAVOTE_PROXIES";

    /// <summary>The rate of an address.</summary>
    public const string RateAddress = "IDEAVOTE_RATE_ADDRESS";

    /// <summary>The rate of a token that may only vote.</summary>
    public const string RateVoter = "IDEAVOTE_RATE_VOTER";

    /// <summary>The rate of other tokens.</summary>
    public const string RateTrusted = "IDEAVOTE_RATE_TRUSTED";

    /// <summary>The rate of wrong tokens.</summary>
    public const string RateWrongTokens = "IDEAVOTE_RATE_WRONG_TOKENS";

    /// <summary>What is logged.</summary>
    public const string Log = "IDEAVOTE_LOG";

    /// <summary>How long a server that is told to end goes on answering.</summary>
    public const string Drain = "IDEAVOTE_DRAIN";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(AdminToken, "TEXT", "The administrator's token, 32 characters or more. Without it one is made and written to the data folder."),
        new(Journal, "CONNECTION", "The PostgreSQL database for journal, texts and accounts. Without it they are in the data folder."),
        new("IDEAVOTE_SMTP", "smtp://USER:PASSWORD@HOST:587", "The mail server. Without it no mail is sent."),
        new("IDEAVOTE_MAIL_FROM", "ADDRESS", "From which address mail is sent; with IDEAVOTE_SMTP."),
        new("IDEAVOTE_SITE", "https://HOST", "Where people reach the portal, for links in mails; with IDEAVOTE_SMTP."),
        new("IDEAVOTE_DIGEST", "daily or off", "Whether people are mailed once a day what happened; daily without it."),
        new(Proxies, "10.0.0.0/8,fd00::/8", "The networks of proxies that are believed about the address and scheme of a request (X-Forwarded-For, X-Forwarded-Proto); nobody without it."),
        new(RateAddress, "PER_SECOND/AT_ONCE or off", "How often an address may ask without a token that may do more than vote; 200/2000 without it."),
        new(RateVoter, "PER_SECOND/AT_ONCE or off", "How often a token that may only vote may be used; 50/500 without it."),
        new(RateTrusted, "PER_SECOND/AT_ONCE or off", "How often any other token may be used; off without it."),
        new(RateWrongTokens, "PER_SECOND/AT_ONCE or off", "How many wrong tokens are looked at from an address; 1/100 without it."),
        new(Log, "information,Microsoft=warning", "What is logged: a level, and others for categories. PUT /api/v1/log-levels changes it while the server runs."),
        new(JsonConsole.Variable, "text or json", "How the log is written; json is an object a line that names the trace."),
        new(MetricsAccessVariable.Name, "token, public or off", "Who may read /metrics: whoever has a token with the scope metrics, which it is without it, or anyone who reaches the server, or nobody."),
        new(Drain, "SECONDS", "How long a server that is told to end goes on answering, not ready any more, so that load balancers notice; 0 without it, at most 300."),
    ];

    /// <summary>What others read: the command, a silo, and the tests.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "IDEAVOTE_URL", "IDEAVOTE_TOKEN", "IDEAVOTE_REDIS", "IDEAVOTE_AZURE", "IDEAVOTE_CHROMIUM", "IDEAVOTE_COVERAGE_TRIALS", "IDEAVOTE_FUZZ", "IDEAVOTE_FUZZ_SEED", "IDEAVOTE_GOLDEN", "IDEAVOTE_LONG", "IDEAVOTE_SCREENSHOTS",
        "IDEAVOTE_PUBLISHED", "IDEAVOTE_TESTS", "IDEAVOTE_LOAD_VOTES", "IDEAVOTE_LOAD_SECONDS", "IDEAVOTE_LOAD_REPORT",
        "IDEAVOTE_SIMULATION_SEED", "IDEAVOTE_SIMULATION_SEEDS", "IDEAVOTE_TEST_AZURE",
    ];
}
