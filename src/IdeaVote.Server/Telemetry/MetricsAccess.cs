namespace IdeaVote.Server.Telemetry;

/// <summary>Who may scrape the metrics.</summary>
public enum MetricsAccess
{
    /// <summary>Whoever has a token with the scope <c>metrics</c>, or an administrator's.</summary>
    Token,

    /// <summary>Anyone who reaches the server: for networks that let only the scraper through.</summary>
    Public,

    /// <summary>Nobody; nothing is collected for it.</summary>
    Off,
}

/// <summary>Reads <see cref="MetricsAccess"/> from the environment.</summary>
internal static class MetricsAccessVariable
{
    /// <summary>The variable: <c>token</c>, which is the default, <c>public</c> or <c>off</c>.</summary>
    public const string Name = "IDEAVOTE_METRICS";

    /// <summary>What the variable says.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    public static MetricsAccess Read() => Environment.GetEnvironmentVariable(Name) switch
    {
        null or "" or "token" => MetricsAccess.Token,
        "public" => MetricsAccess.Public,
        "off" => MetricsAccess.Off,
        _ => throw new FormatException($"{Name} is token (a token with the scope metrics is needed), public or off."),
    };
}
