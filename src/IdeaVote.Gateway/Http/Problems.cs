using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IdeaVote.Gateway.Http;

/// <summary>Writes errors as <c>application/problem+json</c> with a stable code.</summary>
public static class Problems
{
    /// <summary>The content type of an error.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>After how many seconds a caller who was turned away may come again.</summary>
    private const int RetryAfterSeconds = 1;

    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request; nothing of its answer may have been sent.</param>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="detail">What is wrong and the way out.</param>
    /// <param name="field">The input field to blame, if one is.</param>
    /// <param name="retryAfterSeconds">After how many seconds the same request is worth repeating, if it is.</param>
    public static Task WriteAsync(HttpContext context, int status, string code, string detail, string? field = null, int? retryAfterSeconds = null)
    {
        GatewayTelemetry.Problem(context, status, code);
        if (retryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        if (context.Features.Get<IProblemWriter>() is { } writer)
            return writer.WriteAsync(context, new Problem(status, code, detail, field));
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        var body = new ProblemBody("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, code, field);
        return JsonResponse.WriteAsync(context, status, body, GatewayJson.Default.ProblemBody, ContentType);
    }

    /// <summary>Answers with a refusal of the domain.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal) =>
        WriteAsync(context, StatusOf(refusal.Code), refusal.Code, refusal.Detail, refusal.Field);

    /// <summary>Answers with what became of a command that was not accepted.</summary>
    /// <exception cref="ArgumentException">The command was accepted.</exception>
    public static Task WriteAsync(HttpContext context, in Reply reply) => reply.Kind switch
    {
        ReplyKind.Refused => WriteAsync(context, reply.Refusal!),
        ReplyKind.Overloaded => WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "overloaded",
            "Too many requests are waiting; nothing was done. Send the same request again later.", null, RetryAfterSeconds),
        ReplyKind.OutcomeUnknown => WriteOutcomeUnknownAsync(context),
        _ => throw new ArgumentException("An accepted command is no problem.", nameof(reply)),
    };

    /// <summary>Answers that a write may have happened or not.</summary>
    public static Task WriteOutcomeUnknownAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status503ServiceUnavailable, "outcome_unknown",
        "Whether this happened is not known. Send the same request again: it will not count twice.", null, RetryAfterSeconds);

    /// <summary>The HTTP status of a refusal; 409 for those that need no other.</summary>
    public static int StatusOf(string refusalCode) => refusalCode switch
    {
        RefusalCode.InvalidScores or RefusalCode.UnknownCriterion or RefusalCode.InvalidCredits or RefusalCode.InvalidOrder or RefusalCode.InvalidRules
            or RefusalCode.InvalidResults or RefusalCode.UnknownStage => StatusCodes.Status400BadRequest,
        RefusalCode.NotEligible or RefusalCode.NotAuthor => StatusCodes.Status403Forbidden,
        RefusalCode.CampaignNotFound or RefusalCode.IdeaNotFound or RefusalCode.ThreadNotFound or RefusalCode.CommentNotFound => StatusCodes.Status404NotFound,
        RefusalCode.BallotChanged => StatusCodes.Status412PreconditionFailed,
        _ => StatusCodes.Status409Conflict,
    };
}
