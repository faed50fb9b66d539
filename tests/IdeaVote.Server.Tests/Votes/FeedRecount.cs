using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Server.Tests.Votes;

/// <summary>
/// Counts a feed anew, from its lines alone: checks the chain of hashes and that every event fits the one before it, keeps every
/// ballot, and counts the ballots at the end.
/// </summary>
internal sealed class FeedRecount
{
    private readonly Dictionary<string, BallotState> ballots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private byte[] last = new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of the last event.</summary>
    public string Head => Convert.ToHexStringLower(last);

    /// <summary>How many events there are.</summary>
    public int Events { get; private set; }

    /// <summary>All ballots that hold anything, as texts, in order.</summary>
    public IReadOnlyList<string> Ballots => [.. ballots.Values.Where(b => !b.IsEmpty).Select(b => b.ToString()).Order(StringComparer.Ordinal)];

    public static FeedRecount Of(byte[] feed)
    {
        var recount = new FeedRecount();
        var rest = feed.AsSpan();
        while (rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            recount.Fold(rest[..end]);
            rest = rest[(end + 1)..];
        }
        rest.IsEmpty.ShouldBeTrue("the feed's last line has no end");
        return recount;
    }

    /// <summary>Score and votes of every idea that has any, by the leaderboard's name for the method.</summary>
    public SortedDictionary<string, (double Score, int Votes)> Count(string by)
    {
        var cast = by switch
        {
            "approvals" => ballots.Values.SelectMany(b => b.Approve.Select(idea => KeyValuePair.Create(idea, 1))),
            "rating" => ballots.Values.SelectMany(b => b.Rate),
            _ => ballots.Values.SelectMany(b => b.Invest),
        };
        var counts = new SortedDictionary<string, (double, int)>(StringComparer.Ordinal);
        foreach (var votes in cast.GroupBy(vote => vote.Key, vote => vote.Value, StringComparer.Ordinal))
            counts.Add(votes.Key, (by == "rating" ? (double)votes.Sum() / votes.Count() : votes.Sum(), votes.Count()));
        return counts;
    }

    private void Fold(ReadOnlySpan<byte> line)
    {
        var json = JsonElement.Parse(line);
        json.GetProperty("prev").GetString().ShouldBe(Head, "the feed's chain is broken");
        // The hash covers the event's bytes exactly as they stand in the line, whatever JSON would make of them.
        var body = line[(line.IndexOf("\"event\":"u8) + "\"event\":"u8.Length)..^1];
        last = SHA256.HashData([.. last, .. body]);
        json.GetProperty("hash").GetString().ShouldBe(Head, $"the hash of {Encoding.UTF8.GetString(body)}");
        Fold(json.GetProperty("event"));
        Events++;
    }

    private void Fold(JsonElement e)
    {
        var name = e.GetProperty("e").GetString()!;
        var stream = e.TryGetProperty("k", out var key) ? key.GetString()! : "";
        var version = e.GetProperty("v").GetInt64();
        version.ShouldBe(versions.GetValueOrDefault(stream) + 1, $"the version in {e}");
        versions[stream] = version;
        if (!e.TryGetProperty("held", out _))
            return;
        var ballot = ballots.GetValueOrDefault(stream, BallotState.Empty);
        var idea = e.GetProperty("idea").GetString()!;
        var (before, after) = (e.GetProperty("old"), e.GetProperty("new"));
        switch (name)
        {
            case "approval_changed":
                ballot.Approve.Contains(idea).ShouldBe(before.GetBoolean(), e.ToString());
                ballots[stream] = ballot.WithApproval(idea, after.GetBoolean());
                break;
            case "rating_changed":
                ballot.Rate.GetValueOrDefault(idea).ShouldBe(Stars(before), e.ToString());
                ballots[stream] = ballot.WithRating(idea, Stars(after));
                break;
            case "investment_changed":
                ballot.Invest.GetValueOrDefault(idea).ShouldBe(before.GetInt32(), e.ToString());
                ballots[stream] = ballot.WithInvestment(idea, after.GetInt32());
                break;
            default:
                throw new InvalidOperationException($"An unknown kind of vote: {e}");
        }
    }

    private static int Stars(JsonElement scores) => scores.GetArrayLength() > 0 ? scores[0].GetInt32() : 0;
}
