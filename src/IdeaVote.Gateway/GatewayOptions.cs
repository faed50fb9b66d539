using System.Net;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Logs;

namespace IdeaVote.Gateway;

/// <summary>What the gateway is told by the process that hosts it.</summary>
public sealed class GatewayOptions
{
    /// <summary>The fewest characters of <see cref="AdminToken"/>.</summary>
    public const int MinAdminTokenChars = 32;

    /// <summary>The administrator's own token, 32 characters or more; null for none.</summary>
    public string? AdminToken { get; set; }

    /// <summary>The server's secret, 32 bytes, that ids are keyed with.</summary>
    public ReadOnlyMemory<byte> Secret { get; set; }

    /// <summary>
    /// Whether other processes write to the same stores. Then what they change is looked for: a token that was issued or revoked
    /// elsewhere is known here within 5 seconds, a text that was erased elsewhere is forgotten here within 30.
    /// </summary>
    public bool SharesStores { get; set; }

    /// <summary>The folder whose size and room administrators are shown; null for none.</summary>
    public string? DataFolder { get; set; }

    /// <summary>How often callers may ask.</summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>The networks of the proxies that are believed when they say whom they ask for and by which scheme; none to believe nobody.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; set; } = [];

    /// <summary>What is logged.</summary>
    public LogLevelText Logs { get; set; } = LogLevelText.Usual;

    /// <summary>Whether the engine takes commands.</summary>
    public Func<bool> IsReady { get; set; } = static () => true;
}
