namespace IdeaVote.Cli.Api;

/// <summary>The server refused a request or could not be reached.</summary>
/// <param name="message">What is wrong, as the server says it or as the connection failed. May contain text of others.</param>
internal sealed class ApiException(string message) : Exception(message)
{
    /// <summary>The HTTP status; null if there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The stable code of the refusal; null if the server gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The request's field that is at fault; null if it is none in particular.</summary>
    public string? Field { get; init; }

    /// <summary>How long the server asks to wait before the next try; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may well succeed later.</summary>
    public bool IsTransient { get; init; }
}
