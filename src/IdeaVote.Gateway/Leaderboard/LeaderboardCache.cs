using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Which leaderboard: what one answer is cached by.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Query"><see cref="LeaderboardQuery.ToKey"/>.</param>
/// <param name="Format">How it is written.</param>
internal readonly record struct LeaderboardKey(CampaignId Campaign, string Query, LeaderboardFormat Format);

/// <summary>A leaderboard as it was written last.</summary>
/// <param name="Revision">The board's revision it shows.</param>
/// <param name="Texts">How many documents had been forgotten when its texts were read.</param>
/// <param name="Position">A position it includes.</param>
/// <param name="Bytes">The answer's body.</param>
internal sealed record WrittenLeaderboard(long Revision, long Texts, Position Position, byte[] Bytes);

/// <summary>The leaderboards written last, so that reading one again while nothing changes costs almost nothing. Bounded.</summary>
internal sealed class LeaderboardCache
{
    /// <summary>The most leaderboards kept.</summary>
    public const int MaxEntries = 256;

    /// <summary>The most bytes kept.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<LeaderboardKey, LinkedListNode<(LeaderboardKey Key, WrittenLeaderboard Value)>> byKey = [];
    private readonly LinkedList<(LeaderboardKey Key, WrittenLeaderboard Value)> byAge = [];
    private long bytes;

    /// <summary>The leaderboard as it was written last; null if it is not kept.</summary>
    public WrittenLeaderboard? Find(LeaderboardKey key)
    {
        lock (gate)
            return byKey.TryGetValue(key, out var node) ? node.Value.Value : null;
    }

    /// <summary>Keeps a leaderboard; the one written the longest ago goes when there is no room.</summary>
    public void Keep(LeaderboardKey key, WrittenLeaderboard written)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(key, out var old))
            {
                // Whoever read the board earlier may come to write later.
                if (old.Value.Value.Revision > written.Revision)
                    return;
                Remove(old);
            }
            byKey.Add(key, byAge.AddLast((key, written)));
            bytes += written.Bytes.Length;
            while (byKey.Count > MaxEntries || (bytes > MaxBytes && byKey.Count > 1))
                Remove(byAge.First!);
        }
    }

    private void Remove(LinkedListNode<(LeaderboardKey Key, WrittenLeaderboard Value)> node)
    {
        bytes -= node.Value.Value.Bytes.Length;
        byKey.Remove(node.Value.Key);
        byAge.Remove(node);
    }
}
