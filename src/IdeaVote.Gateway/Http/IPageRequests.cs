using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>Tells requests of people's browsers for pages from requests of programs, where a portal is served beside the API.</summary>
public interface IPageRequests
{
    /// <summary>
    /// Looks at a request before anything else does. One for a page gets the headers of pages and an <see cref="IProblemWriter"/>
    /// among its features; any other is left alone.
    /// </summary>
    /// <param name="context">The request, not yet routed.</param>
    void Prepare(HttpContext context);
}

/// <summary>Writes problems in another form than <c>application/problem+json</c>; a feature of the requests that want that.</summary>
public interface IProblemWriter
{
    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request; nothing of its answer has been sent.</param>
    /// <param name="problem">What is wrong.</param>
    Task WriteAsync(HttpContext context, Problem problem);
}

/// <summary>What is wrong with a request.</summary>
/// <param name="Status">The HTTP status, 400 to 599.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">What is wrong and the way out, in English.</param>
/// <param name="Field">The input field to blame, if one is.</param>
public sealed record Problem(int Status, string Code, string Detail, string? Field);
