using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>Lets a caller read what they wrote: writes answer with a position, reads can ask to include it.</summary>
/// <param name="tokens">How positions look outside.</param>
/// <param name="engine">The engine.</param>
public sealed class Positions(PositionTokens tokens, IEngine engine)
{
    /// <summary>The header of an answer that says which position includes what was written.</summary>
    public const string Header = "IdeaVote-Position";

    /// <summary>The header of a request that names the position its answer must include.</summary>
    public const string AfterHeader = "IdeaVote-After";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Says in the answer which position includes what was written.</summary>
    public void WritePosition(HttpContext context, Position position) =>
        context.Response.Headers[Header] = tokens.Write(position);

    /// <summary>The written form of a position, for answers that carry it in their body.</summary>
    public string Write(Position position) => tokens.Write(position);

    /// <summary>The written form of a position in what may be read twice and compared; only for those who see every vote.</summary>
    public string WriteAlike(Position position) => tokens.WriteAlike(position);

    /// <summary>Waits, up to 2 seconds, until the boards include the position that the caller asks for, if any.</summary>
    /// <exception cref="ApiException">400 <c>invalid_position</c> or 503 <c>not_yet</c>.</exception>
    public ValueTask AwaitAfterAsync(HttpContext context)
    {
        var after = context.Request.Headers[AfterHeader];
        return after.Count == 0 ? ValueTask.CompletedTask : AwaitAsync(Read(after.ToString(), AfterHeader), context.RequestAborted);
    }

    /// <summary>The position the caller asks for in <c>IdeaVote-After</c>; the start if none.</summary>
    /// <exception cref="ApiException">400 <c>invalid_position</c>.</exception>
    public Position After(HttpContext context)
    {
        var after = context.Request.Headers[AfterHeader];
        return after.Count == 0 ? Position.Start : Read(after.ToString(), AfterHeader);
    }

    /// <summary>Reads the written form of a position.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="field">Where it stood.</param>
    /// <exception cref="ApiException">400 <c>invalid_position</c>.</exception>
    public Position Read(string text, string field) => tokens.TryRead(text, out var position)
        ? position
        : throw new ApiException(StatusCodes.Status400BadRequest, "invalid_position", "This is not a position that this server gave.", field);

    /// <summary>That a projection is still behind what the caller asks for.</summary>
    public static ApiException NotYet() =>
        new(StatusCodes.Status503ServiceUnavailable, "not_yet", "What you ask to see is not readable yet. Send the same request again.") { RetryAfterSeconds = 1 };

    private async ValueTask AwaitAsync(Position position, CancellationToken cancellation)
    {
        if (!await engine.WaitAsync(position, Patience, cancellation))
            throw NotYet();
    }
}
