using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Identity;

/// <summary>The ids by which callers know voters.</summary>
public static class VoterNames
{
    /// <summary>The longest one, in characters.</summary>
    public const int MaxChars = 200;

    /// <summary>Checks a voter's id and brings it to its one written form (Unicode NFC), so that one person is one voter.</summary>
    /// <param name="voter">What the caller sent.</param>
    /// <param name="field">Where it stood.</param>
    /// <exception cref="ApiException">400 <c>invalid_voter</c>.</exception>
    public static string Normalise(string? voter, string? field = "voter") =>
        TryNormalise(voter, out var normalised) ? normalised : throw new ApiException(
            StatusCodes.Status400BadRequest, "invalid_voter", $"A voter's id is 1 to {MaxChars} characters, none of them a control character.", field);

    /// <summary>As <see cref="Normalise"/>, for those who answer a wrong id without an exception.</summary>
    public static bool TryNormalise(string? voter, out string normalised)
    {
        normalised = "";
        if (voter is null || voter.Length is 0 or > MaxChars || !TextRules.IsLine(voter))
            return false;
        normalised = Nfc.Normalise(voter);
        return normalised.Length <= MaxChars;
    }
}
