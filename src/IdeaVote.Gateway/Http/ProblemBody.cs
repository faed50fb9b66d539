using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>The body of every error.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says what it is.</param>
/// <param name="Title">The HTTP status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and the way out.</param>
/// <param name="Code">A stable code to program against.</param>
/// <param name="Field">The input field to blame; absent if none is.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null);
