using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Codec;

/// <summary>Reads vote events in one pass and without a document: a restart reads millions of them.</summary>
internal static class VoteReader
{
    private enum Kind
    {
        Approval,
        Rating,
        Investment,
        Duel,
    }

    /// <summary>Reads a vote event; null if it is another kind of event.</summary>
    public static RecordedEvent? TryRead(ReadOnlySpan<byte> utf8)
    {
        // The name comes first in the frozen form: {"e":"...
        const int NameStart = 6;
        if (utf8.Length < NameStart)
            return null;
        var rest = utf8[NameStart..];
        Kind kind;
        if (rest.StartsWith("rating_changed\""u8))
            kind = Kind.Rating;
        else if (rest.StartsWith("approval_changed\""u8))
            kind = Kind.Approval;
        else if (rest.StartsWith("investment_changed\""u8))
            kind = Kind.Investment;
        else if (rest.StartsWith("duel_changed\""u8))
            kind = Kind.Duel;
        else
            return null;
        return Read(utf8, kind);
    }

    private static RecordedEvent Read(ReadOnlySpan<byte> utf8, Kind kind)
    {
        var json = new Utf8JsonReader(utf8);
        long? at = null, version = null, old = null, @new = null, first = null, cause = null;
        int? held = null;
        Id? campaign = null, voter = null, idea = null, other = null, segment = null, command = null, by = null;

        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            Expect(json.Read());
            if (name.SequenceEqual("t"u8))
                at = json.GetInt64();
            else if (name.SequenceEqual("c"u8))
                campaign = ReadId(ref json);
            else if (name.SequenceEqual("k"u8))
                voter = ReadId(ref json);
            else if (name.SequenceEqual("v"u8))
                version = json.GetInt64();
            else if (name.SequenceEqual("idea"u8))
                idea = ReadId(ref json);
            else if (name.SequenceEqual("other"u8))
                other = ReadId(ref json);
            else if (name.SequenceEqual("old"u8))
                old = ReadValue(ref json, kind);
            else if (name.SequenceEqual("new"u8))
                @new = ReadValue(ref json, kind);
            else if (name.SequenceEqual("segment"u8))
                segment = ReadId(ref json);
            else if (name.SequenceEqual("first"u8))
                first = json.GetInt64();
            else if (name.SequenceEqual("held"u8))
                held = json.GetInt32();
            else if (name.SequenceEqual("cause"u8))
                cause = json.GetInt64();
            else if (name.SequenceEqual("command"u8))
                command = ReadId(ref json);
            else if (name.SequenceEqual("by"u8))
                by = ReadId(ref json);
            else
                Expect(name.SequenceEqual("e"u8) || name.SequenceEqual("s"u8));
        }
        Expect(json.TokenType == JsonTokenType.EndObject && !json.Read() && version > 0);

        var about = new IdeaId(Given(idea));
        var (before, after) = (Given(old), Given(@new));
        var term = segment is { } s ? new TermId(s) : (TermId?)null;
        var firstAt = new Instant(first ?? Given(at));
        Event e = kind switch
        {
            Kind.Approval => new ApprovalChanged(about, before != 0, after != 0, term, firstAt, Given(held)),
            Kind.Rating => new RatingChanged(
                about, Scores.FromPacked((ulong)before), Scores.FromPacked((ulong)after), term, firstAt, Given(held)),
            Kind.Duel => new DuelChanged(about, new IdeaId(Given(other)), WinnerOf(before), WinnerOf(after), term, firstAt, Given(held)),
            _ => new InvestmentChanged(about, checked((int)before), checked((int)after), term, firstAt, Given(held), cause),
        };
        return new RecordedEvent(
            StreamId.Of(new CampaignId(Given(campaign)), new VoterId(Given(voter))), Given(version), new Instant(Given(at)), e,
            command is { } c ? new CommandId(c) : null, by is { } a ? new ActorId(a) : null);
    }

    private static long ReadValue(ref Utf8JsonReader json, Kind kind)
    {
        switch (kind)
        {
            case Kind.Approval:
                return json.GetBoolean() ? 1 : 0;
            case Kind.Investment or Kind.Duel:
                return json.GetInt64();
            default:
                Expect(json.TokenType == JsonTokenType.StartArray);
                var scores = Scores.None;
                for (var criterion = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; criterion++)
                    scores = scores.With(criterion, json.GetInt32());
                return (long)scores.ToPacked();
        }
    }

    private static Winner WinnerOf(long number)
    {
        Expect(number is >= 0 and <= (long)Winner.Other);
        return (Winner)number;
    }

    private static Id ReadId(ref Utf8JsonReader json)
    {
        var id = default(Id);
        Expect(json.TokenType == JsonTokenType.String && Id.TryParse(json.ValueSpan, out id));
        return id;
    }

    private static T Given<T>(T? value) where T : struct => value ?? throw new FormatException("a vote lacks a field");

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new FormatException("not the written form of a vote");
    }
}
