using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Votes;

/// <summary>Reads a rating, <c>{"overall":4}</c>.</summary>
internal static class ScoresReader
{
    /// <summary>Reads one rating.</summary>
    /// <param name="reader">Stands on the rating's value; afterwards on its end, unless it was refused.</param>
    /// <param name="criteria">The campaign's criteria.</param>
    /// <param name="scores">The stars, at least one, when null is returned.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    /// <exception cref="JsonException">What follows is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    public static Refusal? Read(ref Utf8JsonReader reader, CriterionKeys criteria, out Scores scores)
    {
        scores = Scores.None;
        if (reader.TokenType != JsonTokenType.StartObject)
            return new Refusal(RefusalCode.InvalidScores, "Scores are an object of criteria and stars, such as {\"overall\":4}.", "scores");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var criterion = criteria.Find(ref reader);
            if (criterion < 0)
                return Unknown(ref reader, criteria);
            if (scores[criterion] != 0)
                return InputRefusals.Twice("scores." + InputRefusals.Shown(ref reader));
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var stars) || stars is < 1 or > Scores.MaxStars)
                return new Refusal(RefusalCode.InvalidScores, $"Each score is a whole number of stars from 1 to {Scores.MaxStars}.", "scores");
            scores = scores.With(criterion, stars);
        }
        return scores.IsEmpty
            ? new Refusal(RefusalCode.InvalidScores, "Give stars on at least one criterion; to take a rating back, delete it.", "scores")
            : null;
    }

    private static Refusal Unknown(ref Utf8JsonReader reader, CriterionKeys criteria)
    {
        var name = InputRefusals.Shown(ref reader);
        return new Refusal(RefusalCode.UnknownCriterion, $"This campaign has no criterion \"{name}\"; it has {criteria.Known}.", "scores." + name);
    }
}
