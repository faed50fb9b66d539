using System.Net;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Logs;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Silo;

/// <summary>What a process of the cluster does.</summary>
public enum SiloRole
{
    /// <summary>It hosts grains and serves people.</summary>
    Both,

    /// <summary>It hosts grains.</summary>
    Silo,

    /// <summary>It serves people, and has the grains of others do the work.</summary>
    Gateway,
}

/// <summary>Where a cluster keeps what it knows.</summary>
public enum SiloStorage
{
    /// <summary>In this process, until it ends: for trials.</summary>
    Localhost,

    /// <summary>Journal, texts and accounts in PostgreSQL; membership, reminders and snapshots in Redis.</summary>
    Postgres,

    /// <summary>Everything in the tables of an Azure storage account.</summary>
    Azure,
}

/// <summary>What a process of the cluster is told when it starts. It may hold passwords: never write it anywhere.</summary>
public sealed class SiloOptions
{
    /// <summary>What it does.</summary>
    public SiloRole Role { get; init; }

    /// <summary>Where the cluster keeps what it knows.</summary>
    public SiloStorage Storage { get; init; }

    /// <summary>Where to listen, semicolon-separated.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>A folder for what can be made again at any time; null for one of its own, deleted at the end.</summary>
    public string? Folder { get; init; }

    /// <summary>The PostgreSQL database, as Npgsql takes it; with <see cref="SiloStorage.Postgres"/>.</summary>
    public string? Journal { get; init; }

    /// <summary>The Redis server, as StackExchange.Redis takes it; with <see cref="SiloStorage.Postgres"/>.</summary>
    public string? Redis { get; init; }

    /// <summary>
    /// The storage account: a connection string, or the address of its tables, at which the managed identity is let in; with
    /// <see cref="SiloStorage.Azure"/>.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>How many partitions a campaign has; null for what the journal was begun with, or 1.</summary>
    public int? Partitions { get; init; }

    /// <summary>The cluster's name: processes of one name find each other in the same storage.</summary>
    public string Cluster { get; init; } = "ideavote";

    /// <summary>The port on which silos speak to each other, 1 to 65,535.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The port on which gateways reach this silo, 1 to 65,535.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>The address at which others reach this silo; null to find it out.</summary>
    public string? Address { get; init; }

    /// <summary>The administrator's own token; null for none.</summary>
    public string? AdminToken { get; init; }

    /// <summary>Who may scrape the metrics; of a process that serves people.</summary>
    public MetricsAccess Metrics { get; init; }

    /// <summary>Whether the console's log is one JSON object a line.</summary>
    public bool LogsJson { get; init; }

    /// <summary>How mail is sent.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>How often callers may ask.</summary>
    public RateOptions Rates { get; init; } = new();

    /// <summary>The networks of the proxies that are believed about where a request comes from.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>What is logged unless something else is said.</summary>
    public static LogLevelText UsualLogs { get; } = LogLevelText.Read("information,Microsoft=warning,Orleans=warning")!;

    /// <summary>What is logged.</summary>
    public LogLevelText Logs { get; init; } = UsualLogs;

    /// <summary>How long a process that is told to end goes on answering.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Whether administrators find Orleans' dashboard at <c>/orleans</c>.</summary>
    public bool Dashboard { get; init; } = true;

    /// <summary>The secret, 32 bytes, that ids of a new cluster are keyed with; null for a random one. An old cluster keeps its own.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether it hosts grains.</summary>
    public bool HostsGrains => Role != SiloRole.Gateway;

    /// <summary>Whether it serves people.</summary>
    public bool ServesPeople => Role != SiloRole.Silo;
}
