using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Votes;

/// <summary>Reads the small bodies of single votes. Nothing here throws at a wrong body.</summary>
internal static class VoteBodies
{
    /// <summary>Reads <c>{"scores":{"overall":4}}</c>.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static Refusal? ReadRating(ReadOnlySpan<byte> body, CriterionKeys criteria, out Scores scores)
    {
        scores = Scores.None;
        try
        {
            var reader = new Utf8JsonReader(body, InputRefusals.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return InputRefusals.NotAnObject();
            var given = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("scores"u8))
                    return InputRefusals.UnknownField(ref reader, "scores");
                if (given)
                    return InputRefusals.Twice("scores");
                given = true;
                reader.Read();
                if (ScoresReader.Read(ref reader, criteria, out scores) is { } refusal)
                    return refusal;
            }
            ReadEnd(ref reader);
            return given ? null : new Refusal(RefusalCode.InvalidScores, "Give the scores: {\"scores\":{\"overall\":4}}.", "scores");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return InputRefusals.Malformed(exception);
        }
    }

    /// <summary>Reads <c>{"credits":30}</c> or, where votes cost the square of their number, <c>{"votes":3}</c>, which are 9 credits.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static Refusal? ReadInvestment(ReadOnlySpan<byte> body, bool takesVotes, out int credits)
    {
        credits = 0;
        try
        {
            var reader = new Utf8JsonReader(body, InputRefusals.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return InputRefusals.NotAnObject();
            var (given, votes) = (false, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                votes = reader.ValueTextEquals("votes"u8);
                if ((!votes || !takesVotes) && !reader.ValueTextEquals("credits"u8))
                    return InputRefusals.UnknownField(ref reader, takesVotes ? "credits, votes" : "credits");
                if (given)
                    return InputRefusals.Twice("credits");
                given = true;
                reader.Read();
                if ((votes ? ReadVotes(ref reader, out credits) : ReadCredits(ref reader, out credits)) is { } refusal)
                    return refusal;
            }
            ReadEnd(ref reader);
            return given ? null : new Refusal(RefusalCode.InvalidCredits, "Give the credits: {\"credits\":30}.", "credits");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return InputRefusals.Malformed(exception);
        }
    }

    private static Refusal? ReadVotes(ref Utf8JsonReader reader, out int credits)
    {
        // The square of one more is no credits any more.
        const int MostVotes = 31_622;
        credits = 0;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var votes) && votes is >= 0 and <= MostVotes)
        {
            credits = votes * votes;
            return null;
        }
        return new Refusal(RefusalCode.InvalidCredits, $"Votes are a whole number, 0 to {MostVotes}, and cost its square in credits.", "votes");
    }

    /// <summary>Reads the body of an approval, which says nothing: none at all, or <c>{}</c>.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static Refusal? ReadNothing(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return null;
        try
        {
            var reader = new Utf8JsonReader(body, InputRefusals.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return InputRefusals.NotAnObject();
            if (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                return InputRefusals.UnknownField(ref reader, "none: an approval says nothing more");
            ReadEnd(ref reader);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return InputRefusals.Malformed(exception);
        }
    }

    /// <summary>Reads the credits the reader stands on: a whole number, 0 or more.</summary>
    public static Refusal? ReadCredits(ref Utf8JsonReader reader, out int credits)
    {
        credits = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out credits) && credits >= 0
            ? null
            : new Refusal(RefusalCode.InvalidCredits, "Credits are a whole number, 0 or more.", "credits");
    }

    /// <summary>Makes sure that nothing follows the object.</summary>
    public static void ReadEnd(ref Utf8JsonReader reader)
    {
        // Anything after the end of the object makes this throw.
        while (reader.Read())
        {
        }
    }
}
