using System.Buffers;
using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// The canonical form of ballots, frozen: what the <c>ballots</c> of a head is the SHA-256 of, and what the API gives as lines, so
/// that <c>sha256sum</c> of the file is enough to compare them.
/// </summary>
/// <remarks>
/// <para>
/// One line of JSON for each voter whose ballot holds a vote, in the order of the voters' ids; UTF-8, no white space, each line
/// ended by LF. The fields, in this order, those that would be empty left out: <c>voter</c>; <c>segment</c>; <c>approve</c>: an
/// array of <c>{"idea","first"}</c>; <c>rate</c>: of <c>{"idea","scores","first"}</c>, the stars on each criterion, 0 for none, up
/// to the last that has some; <c>invest</c>: of <c>{"idea","credits","first"}</c>; <c>order</c>: one object <c>{"ideas","first"}</c>, the best idea
/// first; <c>duels</c>: of <c>{"one","other","winner","first"}</c>, the smaller id first, the winner 1 or 2.
/// </para>
/// <para>
/// Arrays are in the order of the ideas' ids, duels by <c>one</c>, then <c>other</c>. Ids are compared as text, byte by byte.
/// <c>first</c> is when the vote was first cast, in milliseconds since 1970-01-01T00:00:00Z. Not safe for concurrent use.
/// </para>
/// </remarks>
/// <param name="isAnonymous">Whether <c>segment</c> and <c>first</c> are left out everywhere, as where ballots are published.</param>
public sealed class CanonicalBallots(bool isAnonymous = false) : IDisposable
{
    // All of it is ASCII of our own making: ids, names, numbers.
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes the line of one voter.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="voter">The voter.</param>
    /// <param name="standing">A ballot that holds a vote.</param>
    public void Write(IBufferWriter<byte> output, VoterId voter, StandingBallot standing) => Write(output, voter, standing.Segment, standing.Ballot);

    /// <summary>Writes the line of one voter.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="voter">The voter.</param>
    /// <param name="ofSegment">The segment the votes count for; null for none.</param>
    /// <param name="ballot">A ballot that holds a vote.</param>
    public void Write(IBufferWriter<byte> output, VoterId voter, TermId? ofSegment, Ballot ballot)
    {
        json.Reset(output);
        json.WriteStartObject();
        Write("voter"u8, voter.Value);
        if (ofSegment is { } segment && !isAnonymous)
            Write("segment"u8, segment.Value);
        Write(ballot);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private void Write(Ballot ballot)
    {
        Write("approve"u8, ballot.Approvals, approval => Write("idea"u8, approval.Key.Value), static first => first);
        Write("rate"u8, ballot.Ratings, Write, static rating => rating.First);
        Write("invest"u8, ballot.Investments, Write, static investment => investment.First);
        if (!ballot.Order.Ideas.IsEmpty)
        {
            json.WriteStartObject("order"u8);
            json.WriteStartArray("ideas"u8);
            foreach (var idea in ballot.Order.Ideas)
                WriteValue(idea.Value);
            json.WriteEndArray();
            WriteFirst(ballot.Order.First);
            json.WriteEndObject();
        }
        Write("duels"u8, ballot.Duels, Write, static duel => duel.First);
    }

    private void Write<TKey, T>(ReadOnlySpan<byte> name, VoteMap<TKey, T> votes, Action<KeyValuePair<TKey, T>> write, Func<T, Instant> first)
        where TKey : struct, IComparable<TKey>
        where T : struct
    {
        if (votes.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var vote in votes)
        {
            json.WriteStartObject();
            write(vote);
            WriteFirst(first(vote.Value));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteFirst(Instant first)
    {
        if (!isAnonymous)
            json.WriteNumber("first"u8, first.UnixMilliseconds);
    }

    private void Write(KeyValuePair<IdeaId, Rating> rating)
    {
        Write("idea"u8, rating.Key.Value);
        json.WriteStartArray("scores"u8);
        for (var criterion = 0; criterion < rating.Value.Scores.Length; criterion++)
            json.WriteNumberValue(rating.Value.Scores[criterion]);
        json.WriteEndArray();
    }

    private void Write(KeyValuePair<IdeaId, Investment> investment)
    {
        Write("idea"u8, investment.Key.Value);
        json.WriteNumber("credits"u8, investment.Value.Credits);
    }

    private void Write(KeyValuePair<Pair, DuelChoice> duel)
    {
        Write("one"u8, duel.Key.One.Value);
        Write("other"u8, duel.Key.Other.Value);
        json.WriteNumber("winner"u8, (byte)duel.Value.Winner);
    }

    private void Write(ReadOnlySpan<byte> name, Id id)
    {
        json.WritePropertyName(name);
        WriteValue(id);
    }

    private void WriteValue(Id id)
    {
        Span<byte> text = stackalloc byte[Id.Length];
        id.Format(text);
        json.WriteStringValue(text);
    }
}
