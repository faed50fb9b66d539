namespace IdeaVote.Gateway.Http;

/// <summary>Ends a request with a problem. For input that is wrong; never on the path of a request that is right.</summary>
/// <param name="status">The HTTP status, 400 to 599.</param>
/// <param name="code">A stable code in snake case.</param>
/// <param name="detail">What is wrong and the way out, in English, for a person. It never repeats a secret.</param>
/// <param name="field">The input field to blame, if one is.</param>
public sealed class ApiException(int status, string code, string detail, string? field = null) : Exception(detail)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The input field to blame; null for none.</summary>
    public string? Field { get; } = field;

    /// <summary>After how many seconds the same request is worth repeating; null if it never is.</summary>
    public int? RetryAfterSeconds { get; init; }
}
