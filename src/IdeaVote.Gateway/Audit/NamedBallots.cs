using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Reads whether an answer shall name the ballots it counts. Naming them is reading the whole feed, so only files that are kept ask for it,
/// and only those may who may read the feed.
/// </summary>
internal static class NamedBallots
{
    /// <summary>The parameter.</summary>
    public const string Parameter = "ballots";

    /// <summary>What it is for, for the description.</summary>
    public const string Meaning =
        "With the scope export: `sha256` names the ballots counted in the answer. `position` is then that of the last event included, as the feed and the head give it.";

    /// <summary>Whether it is given.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static bool AreWanted(IQueryCollection query) => QueryStrings.Text(query, Parameter, 20) switch
    {
        null => false,
        "sha256" => true,
        _ => throw CommonProblems.Invalid(Parameter, $"\"{Parameter}\" is sha256, or left out."),
    };

    /// <summary>That the caller may not ask for it.</summary>
    public static ApiException Forbidden() => new(
        StatusCodes.Status403Forbidden, "forbidden", "The SHA-256 of the ballots is for tokens with the scope export; leave \"ballots\" out.", Parameter);
}
