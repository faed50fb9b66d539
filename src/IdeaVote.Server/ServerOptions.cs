using System.Net;
using IdeaVote.Engine.Embedded;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Logs;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server;

/// <summary>What a server is told when it starts.</summary>
public sealed class ServerOptions
{
    /// <summary>The folder that holds everything, or with a <see cref="Journal"/> what can be made again from it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The PostgreSQL database that holds journal, texts and accounts, as Npgsql takes it; null to keep them in the folder. It may
    /// hold a password: never write it anywhere.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>Where to listen, semicolon-separated.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>Whether to open a demo campaign if the folder is empty.</summary>
    public bool Demo { get; init; }

    /// <summary>The administrator's own token; null to have one made and written to a file.</summary>
    public string? AdminToken { get; init; }

    /// <summary>Who may scrape the metrics.</summary>
    public MetricsAccess Metrics { get; init; }

    /// <summary>Whether the console's log is one JSON object a line.</summary>
    public bool LogsJson { get; init; }

    /// <summary>How mail is sent.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>How often callers may ask.</summary>
    public RateOptions Rates { get; init; } = new();

    /// <summary>The networks of the proxies that are believed about where a request comes from.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>What is logged.</summary>
    public LogLevelText Logs { get; init; } = LogLevelText.Usual;

    /// <summary>How long the server goes on answering, not ready any more, once it is told to end: so that load balancers notice.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>How the engine behaves.</summary>
    public EmbeddedOptions Engine { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
