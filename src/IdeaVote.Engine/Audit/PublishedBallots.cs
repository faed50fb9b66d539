using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// The lines of a publication before its statement, frozen: <c>{"campaign","id"}</c>, <c>{"rules"}</c> as events have them, for each public idea in the
/// order of submission <c>{"idea","status","cost","tags"}</c> (status by its number), and for each voter whose ballot holds a vote the canonical
/// form without times and segment, under a new pseudonym and in the order of these.
/// </summary>
/// <remarks>
/// A new pseudonym is 100 bits of HMAC-SHA256 of the old one under a secret that is used for this publication alone: who lacks the secret can't
/// tell from one which the other is, and their order says nothing of the old one. What is on a ballot stays, and may tell whose it is.
/// </remarks>
/// <param name="secret">32 random bytes.</param>
public sealed class PublishedBallots(ReadOnlyMemory<byte> secret)
{
    /// <summary>The length of the secret.</summary>
    public const int SecretBytes = 32;

    /// <summary>Writes all lines, one with each step, so that whoever asks for them may send them on in between.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="replay">The campaign, lived through up to the position of the publication.</param>
    /// <returns>The number of each line, from 1.</returns>
    public IEnumerable<long> Write(IBufferWriter<byte> output, string campaign, CampaignReplay replay)
    {
        var lines = 0L;
        WriteBegin(output, campaign, replay);
        yield return ++lines;
        using (var rules = new EventWriter())
            rules.Write(output, replay.Board.Campaign.Rules);
        output.Write("\n"u8);
        yield return ++lines;
        // What waits for the team is for nobody's eyes, and has no votes. What was hidden may have some, and no line has any words.
        foreach (var idea in replay.Board.Ideas.Where(static idea => idea.Status != IdeaStatus.Submitted).OrderBy(static idea => idea.Ordinal))
        {
            WriteIdea(output, idea);
            yield return ++lines;
        }
        var ballots = new CanonicalBallots(replay.Ballots, isAnonymous: true);
        var voters = replay.Ballots.InOrder().Select(ballot => (Voter: Renamed(ballot.Voter), Ballot: ballot)).ToArray();
        Array.Sort(voters, static (x, y) => x.Voter.CompareTo(y.Voter));
        foreach (var (voter, ballot) in voters)
        {
            ballots.Write(output, ballot, voter);
            yield return ++lines;
        }
    }

    /// <summary>SHA-256 of all lines, 64 hexadecimal digits in lower case.</summary>
    public string Sha256(string campaign, CampaignReplay replay)
    {
        const int PieceBytes = 32 * 1024;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new ArrayBufferWriter<byte>(PieceBytes);
        foreach (var _ in Write(piece, campaign, replay))
        {
            if (piece.WrittenCount < PieceBytes)
                continue;
            sha.AppendData(piece.WrittenSpan);
            piece.ResetWrittenCount();
        }
        sha.AppendData(piece.WrittenSpan);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static void WriteBegin(IBufferWriter<byte> output, string campaign, CampaignReplay replay)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("campaign"u8, campaign);
            json.WriteString("id"u8, $"{replay.Campaign}");
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void WriteIdea(IBufferWriter<byte> output, IdeaTally idea)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("idea"u8, idea.Id.ToString());
            json.WriteNumber("status"u8, (int)idea.Status);
            if (idea.Cost is { } cost)
                json.WriteNumber("cost"u8, cost);
            json.WriteStartArray("tags"u8);
            foreach (var tag in idea.Tags)
                json.WriteStringValue(tag.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private VoterId Renamed(VoterId voter)
    {
        Span<byte> text = stackalloc byte[Id.Length];
        voter.Value.Format(text);
        return new VoterId(Id.FromBytes(HMACSHA256.HashData(secret.Span, text)));
    }
}
