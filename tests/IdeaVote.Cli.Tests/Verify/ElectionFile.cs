using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Audit;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>A small election as an exported feed, made by hand, and what a forger could make of it.</summary>
internal sealed class ElectionFile : IDisposable
{
    public const int Ideas = 3;

    private readonly Dictionary<StreamId, long> versions = [];
    private readonly List<(int Partition, string Body)> events = [];

    public ElectionFile(int partitions = 1, string name = "town", int voters = 6)
    {
        Campaign = new CampaignId(IdOf("campaign " + name));
        Key = name;
        Add(StreamId.Of(Campaign), new CampaignCreated(Text("campaign"), Preset.Continuous, Rules, [new Stage(Allows.Submit | Allows.Vote, null)]));
        for (var i = 0; i < Ideas; i++)
            Add(StreamId.Of(Campaign, Idea(i)), new IdeaSubmitted(Text($"idea {i}"), [], 10 + i, [], IdeaStatus.Published));
        for (var voter = 0; voter < voters; voter++)
            Vote(voter, voter % partitions);
    }

    public CampaignId Campaign { get; }

    public string Key { get; }

    public HeadSigner Signer { get; init; } = new(HeadSigner.NewKey());

    /// <summary>The events and their partitions, which a forger may change.</summary>
    public IReadOnlyList<(int Partition, string Body)> Events => events;

    private static Rules Rules => new(
        new ApproveRule(null), new RateRule([1m, 2m]), new InvestRule(100, null, null), true, false, null, WhoMayVote.Anyone, [], false)
    {
        Rank = new RankRule(3),
        Duel = new DuelRule(),
    };

    public static IdeaId Idea(int number) => new(IdOf($"idea {number}"));

    /// <summary>The lines of the feed, chained as a server does it.</summary>
    public List<string> Lines() => Chained(events);

    /// <summary>The lines and the head at their end.</summary>
    public List<string> Whole() => [.. Lines(), HeadLine(Head())];

    /// <summary>Chains events, whatever they say.</summary>
    public static List<string> Chained(IEnumerable<(int Partition, string Body)> events)
    {
        var last = new Dictionary<int, byte[]>();
        var lines = new List<string>();
        foreach (var (partition, body) in events)
        {
            var prev = last.GetValueOrDefault(partition) ?? HashChain.Origin.ToArray();
            lines.Add(Line(lines.Count + 1, partition, prev, body, out var hash));
            last[partition] = hash;
        }
        return lines;
    }

    /// <summary>One line that follows another.</summary>
    public static string Line(int number, int partition, byte[] prev, string body, out byte[] hash)
    {
        hash = new byte[HashChain.HashBytes];
        HashChain.Next(prev, Encoding.UTF8.GetBytes(body), hash);
        var numbered = partition > 0 ? $",\"partition\":{partition}" : "";
        return $"{{\"position\":\"p{number}\",\"prev\":\"{Convert.ToHexStringLower(prev)}\",\"hash\":\"{Convert.ToHexStringLower(hash)}\"{numbered},\"event\":{body}}}";
    }

    /// <summary>The head after the first events.</summary>
    /// <param name="count">How many; null for all.</param>
    /// <param name="signer">Who signs; null for the server.</param>
    public SignedHead Head(int? count = null, HeadSigner? signer = null)
    {
        var replay = Replay(count);
        return (signer ?? Signer).Sign(Key, replay, $"p{count ?? events.Count}", replay.Ballots.Sha256(), DateTimeOffset.UnixEpoch);
    }

    /// <summary>What the first events come to.</summary>
    /// <param name="count">How many; null for all.</param>
    public CampaignReplay Replay(int? count = null)
    {
        var replay = new CampaignReplay();
        var last = new Dictionary<int, byte[]>();
        foreach (var (partition, body) in events.Take(count ?? events.Count))
        {
            var prev = last.GetValueOrDefault(partition) ?? HashChain.Origin.ToArray();
            Line(0, partition, prev, body, out var hash);
            replay.Apply(partition, Encoding.UTF8.GetBytes(body), prev, hash);
            last[partition] = hash;
        }
        return replay;
    }

    public static string HeadLine(SignedHead head) => JsonSerializer.Serialize(new HeadLine(head), AuditJson.Default.HeadLine);

    public static string Json(SignedHead head) => JsonSerializer.Serialize(head, AuditJson.Default.SignedHead);

    public string Keys() => JsonSerializer.Serialize(new PublicJwkSet([Signer.PublicKey]), AuditJson.Default.PublicJwkSet);

    /// <summary>The same election with other events: what a forger who knows how to chain would show.</summary>
    public ElectionFile With(Action<List<(int Partition, string Body)>> change)
    {
        var forged = new ElectionFile(1, Key) { Signer = Signer };
        forged.events.Clear();
        forged.events.AddRange(events);
        change(forged.events);
        return forged;
    }

    public void Dispose() => Signer.Dispose();

    private void Vote(int voter, int partition)
    {
        var stream = StreamId.Of(Campaign, new VoterId(IdOf($"voter {voter}")));
        var (one, other) = (Idea(voter % Ideas), Idea((voter + 1) % Ideas));
        var at = new Instant(1_000 + voter);
        Add(stream, new ApprovalChanged(one, false, true, null, at, 1), partition, at);
        Add(stream, new RatingChanged(other, Scores.None, Scores.Of(1 + voter % 5, 3), null, at, 2), partition, at);
        Add(stream, new InvestmentChanged(one, 0, 10 + voter % 6, null, at, 3), partition, at);
        Add(stream, new InvestmentChanged(one, 10 + voter % 6, 20 + voter % 6, null, at, 3), partition, new Instant(9_000));
        Add(stream, new OrderChanged([], [other, one], null, at, 5), partition, at);
        var pair = Pair.Of(one, other);
        Add(stream, new DuelChanged(pair.One, pair.Other, Winner.None, Winner.One, null, at, 6), partition, at);
        Add(stream, new ApprovalChanged(one, true, false, null, at, 5), partition, new Instant(9_000));
        if (voter % 2 == 0)
            Add(stream, new ApprovalChanged(other, false, true, null, at, 6), partition, at);
    }

    private void Add(StreamId stream, Event happened, int partition = 0, Instant at = default)
    {
        var version = versions[stream] = versions.GetValueOrDefault(stream) + 1;
        using var writer = new EventWriter();
        var body = new ArrayBufferWriter<byte>();
        writer.Write(body, new RecordedEvent(stream, version, at, happened));
        events.Add((partition, Encoding.UTF8.GetString(body.WrittenSpan)));
    }

    private static TextRef Text(string text) => new(new TextId(IdOf(text)), new string('0', 64));

    private static Id IdOf(string name) => Id.FromBytes(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
