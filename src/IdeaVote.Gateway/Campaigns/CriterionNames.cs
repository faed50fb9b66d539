using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Criteria as callers see them: with keys. Events know them by their number, so a key keeps its number.</summary>
internal static class CriterionNames
{
    private const int MaxChars = 50;
    private const string Default = "overall";

    /// <summary>The rule and the keys of what a caller wrote, in the order of their numbers: those known before come first.</summary>
    /// <param name="body">What the caller wrote; null for off.</param>
    /// <param name="known">The keys until now.</param>
    public static (RateRule? Rule, ImmutableArray<string> Keys) Of(RateBody? body, IReadOnlyList<string> known)
    {
        if (body is null)
            return (null, []);
        IReadOnlyList<CriterionBody> criteria = body.Criteria ?? [new CriterionBody { Key = Default }];
        var weights = new Dictionary<string, decimal>(StringComparer.Ordinal);
        for (var i = 0; i < criteria.Count; i++)
        {
            var key = TextRules.Line(criteria[i].Key, $"rate.criteria[{i}].key", MaxChars);
            if (!weights.TryAdd(key, criteria[i].Weight))
                throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", $"Two criteria have the key '{key}'.", $"rate.criteria[{i}].key");
        }
        var old = known.Where(weights.ContainsKey).ToList();
        ImmutableArray<string> keys = [.. old, .. weights.Keys.Where(key => !old.Contains(key, StringComparer.Ordinal))];
        return (new RateRule([.. keys.Select(key => weights[key])]), keys);
    }
}
