using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Access;

/// <summary>Finds the caller of a page. Pages know their callers by a session, never by a token, and the API never by a session.</summary>
public interface ISessions
{
    /// <summary>Who asks for a page, with what they may do there; <see cref="Caller.Anonymous"/> for somebody who has not signed in.</summary>
    /// <param name="context">The request, already routed.</param>
    ValueTask<Caller> ReadAsync(HttpContext context);
}

/// <summary>Marks an endpoint whose callers are known by their session.</summary>
public sealed class ByCallersSession
{
    /// <summary>The mark.</summary>
    public static readonly ByCallersSession Mark = new();

    private ByCallersSession()
    {
    }
}
