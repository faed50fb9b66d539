using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Reads which votes a caller asks for.</summary>
internal static class WantedVotes
{
    /// <summary>The votes of a name; without one, those of the first method that is on.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>, or 409 <c>method_off</c>.</exception>
    public static CountFrom Parse(string? name, Rules rules)
    {
        if (name is null)
            return CountFroms.First(rules) ?? throw CommonProblems.MethodOff("Every method that gives an idea a score of its own");
        if (!CountFroms.TryParse(name, out var from))
            throw CommonProblems.Invalid("from", $"Votes come from one of {CountFroms.Known}.");
        return CountFroms.IsOn(from, rules) ? from : throw CommonProblems.MethodOff(CountFroms.Method(from));
    }
}
