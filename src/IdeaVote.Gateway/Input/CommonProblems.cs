using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Input;

/// <summary>Problems that several features answer, in the same words.</summary>
internal static class CommonProblems
{
    /// <summary>What is said of an idea that is not there, or not for this caller to see.</summary>
    public static readonly Refusal IdeaNotFound =
        new(RefusalCode.IdeaNotFound, "There is no such idea in this campaign; name it by its id or as ref:<reference>.", "idea");

    /// <summary>404: the idea is not there, or not for this caller to see.</summary>
    public static ApiException NoSuchIdea() =>
        new(StatusCodes.Status404NotFound, IdeaNotFound.Code, IdeaNotFound.Detail, IdeaNotFound.Field);

    /// <summary>403: tallies are hidden.</summary>
    public static ApiException ScoresHidden() => new(
        StatusCodes.Status403Forbidden, "scores_hidden", "Scores are hidden until voting has closed; a token with the scope export sees them.");

    /// <summary>409: the voting method is off.</summary>
    public static ApiException MethodOff(string method) => new(
        StatusCodes.Status409Conflict, RefusalCode.MethodOff, $"{method} is off in this campaign; GET the campaign to see which methods are on.");

    /// <summary>400: a query parameter or header is wrong.</summary>
    public static ApiException Invalid(string field, string detail, string code = InputRefusals.InvalidField) =>
        new(StatusCodes.Status400BadRequest, code, detail, field);
}
