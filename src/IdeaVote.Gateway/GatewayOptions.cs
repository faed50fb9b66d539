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

    /// <summary>Whether the engine takes commands.</summary>
    public Func<bool> IsReady { get; set; } = static () => true;
}
