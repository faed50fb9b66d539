using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Voters;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ballots;

/// <summary>
/// Reads whole ballots: <c>{"approve":["ref:X"],"rate":{"ref:X":{"overall":4}},"invest":{"ref:X":30},"rank":["ref:X","ref:Y"],"duel":[["ref:X","ref:Y"]]}</c>, and on a line of
/// its own also <c>line</c>, <c>voter</c>, <c>segment</c> and <c>address</c>. Strict: unknown and repeated fields are refused.
/// One instance reads many ballots one after the other, and reuses its lists.
/// </summary>
/// <param name="names">Understands how ideas are named.</param>
internal sealed partial class BallotParser(IdeaNames names)
{
    private const string BallotFields = "approve, rate, invest, rank, duel";
    private const string LineFields = "line, voter, segment, address, approve, rate, invest, rank, duel";

    private readonly List<IdeaId> approvals = [];
    private readonly List<KeyValuePair<IdeaId, Scores>> ratings = [];
    private readonly List<KeyValuePair<IdeaId, int>> investments = [];
    private readonly List<IdeaId> order = [];
    private readonly List<DuelVote> duels = [];
    private readonly HashSet<IdeaId> named = [];
    private byte[] scratch = new byte[256];
    private CriterionKeys criteria = new([]);

    [Flags]
    private enum Field
    {
        None = 0,
        Line = 1,
        Voter = 2,
        Segment = 4,
        Address = 8,
        Approve = 16,
        Rate = 32,
        Invest = 64,
        Rank = 128,
        Duel = 256,
    }

    /// <summary>Reads a ballot. Never throws at what it reads.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="campaignCriteria">The campaign's criteria.</param>
    /// <param name="asLine">Whether the fields of a line are taken, and <c>voter</c> is required.</param>
    /// <param name="input">What was read; of a refused line at least its number, if that can be read.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public Refusal? Read(ReadOnlySpan<byte> json, CriterionKeys campaignCriteria, bool asLine, out BallotInput input)
    {
        criteria = campaignCriteria;
        approvals.Clear();
        ratings.Clear();
        investments.Clear();
        order.Clear();
        duels.Clear();
        input = default;
        Refusal? refusal;
        try
        {
            var reader = new Utf8JsonReader(json, InputRefusals.Options);
            refusal = ReadObject(ref reader, asLine, ref input);
            if (refusal is null)
                VoteBodies.ReadEnd(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            refusal = InputRefusals.Malformed(exception);
        }
        if (refusal is not null)
            input = new BallotInput(null, asLine ? input.Line ?? FindLine(json) : null, input.Voter, false, null, null);
        else
            input = input with { Votes = TakeVotes() };
        return refusal;
    }

    private Refusal? ReadObject(ref Utf8JsonReader reader, bool asLine, ref BallotInput input)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return InputRefusals.NotAnObject();
        var given = Field.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader, asLine);
            if (field == Field.None)
                return InputRefusals.UnknownField(ref reader, asLine ? LineFields : BallotFields);
            if ((given & field) == field)
                return InputRefusals.Twice(InputRefusals.Shown(ref reader));
            given |= field;
            reader.Read();
            var refusal = field switch
            {
                Field.Approve => ReadApprovals(ref reader),
                Field.Rate => ReadRatings(ref reader),
                Field.Invest => ReadInvestments(ref reader),
                Field.Rank => ReadOrder(ref reader),
                Field.Duel => ReadDuels(ref reader),
                _ => ReadAbout(ref reader, field, ref input),
            };
            if (refusal is not null)
                return refusal;
        }
        return asLine && input.Voter is null
            ? new Refusal("voter_required", "Say whose ballot this is: \"voter\":\"<your id of the voter>\".", "voter")
            : null;
    }

    private static Field FieldOf(ref Utf8JsonReader reader, bool asLine)
    {
        if (reader.ValueTextEquals("approve"u8))
            return Field.Approve;
        if (reader.ValueTextEquals("rate"u8))
            return Field.Rate;
        if (reader.ValueTextEquals("invest"u8))
            return Field.Invest;
        if (reader.ValueTextEquals("rank"u8))
            return Field.Rank;
        if (reader.ValueTextEquals("duel"u8))
            return Field.Duel;
        if (!asLine)
            return Field.None;
        if (reader.ValueTextEquals("line"u8))
            return Field.Line;
        if (reader.ValueTextEquals("voter"u8))
            return Field.Voter;
        if (reader.ValueTextEquals("segment"u8))
            return Field.Segment;
        return reader.ValueTextEquals("address"u8) ? Field.Address : Field.None;
    }

    private static Refusal? ReadAbout(ref Utf8JsonReader reader, Field field, ref BallotInput input)
    {
        if (field == Field.Line)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var line) || line < 0)
                return InputRefusals.Invalid("line", "The line's number is a whole number, 0 or more.");
            input = input with { Line = line };
            return null;
        }
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (field == Field.Voter)
        {
            if (!VoterNames.TryNormalise(text, out var voter))
                return new Refusal("invalid_voter", $"A voter's id is 1 to {VoterNames.MaxChars} characters, none of them a control character.", "voter");
            input = input with { Voter = voter };
            return null;
        }
        return field == Field.Segment ? ReadSegment(ref reader, text, ref input) : ReadAddress(ref reader, text, ref input);
    }

    private static Refusal? ReadSegment(ref Utf8JsonReader reader, string? text, ref BallotInput input)
    {
        // In the form that the voter roll keeps, so that both mean the same segment.
        var segment = text?.Trim();
        if (segment is null ? reader.TokenType != JsonTokenType.Null : segment.Length is 0 or > RollEndpoints.MaxSegmentChars || !TextRules.IsLine(segment))
            return InputRefusals.Invalid("segment", $"A segment is null or a text of 1 to {RollEndpoints.MaxSegmentChars} characters, none of them a control character.");
        input = input with { SegmentGiven = true, Segment = segment is null ? null : Nfc.Normalise(segment) };
        return null;
    }

    private static Refusal? ReadAddress(ref Utf8JsonReader reader, string? text, ref BallotInput input)
    {
        if (text is null ? reader.TokenType != JsonTokenType.Null : !Addresses.IsValid(text))
            return InputRefusals.Invalid("address", "\"address\" is null or a mail address such as somebody@example.com.");
        input = input with { Address = text };
        return null;
    }

    /// <summary>The number of a line that was refused before its number was read, so that its sender can tell which it was.</summary>
    private static long? FindLine(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, InputRefusals.Options);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("line"u8);
                reader.Read();
                if (found)
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var line) && line >= 0 ? line : null;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What is not JSON has no number; the refusal says what is wrong with it.
        }
        return null;
    }
}
