using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Discussion;

/// <summary>What the text store keeps of a comment, once for each revision.</summary>
/// <param name="Text">What it says, Markdown.</param>
public sealed record CommentText(string Text)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxChars = 5_000;

    /// <summary>Checks what somebody wrote.</summary>
    /// <exception cref="ApiException">400: it is empty, too long or no text.</exception>
    public static CommentText Of(string? text)
    {
        var body = TextRules.Body(text, "text", MaxChars);
        return string.IsNullOrWhiteSpace(body)
            ? throw new ApiException(StatusCodes.Status400BadRequest, "missing_field", "The field 'text' is missing or empty.", "text")
            : new CommentText(body);
    }
}

/// <summary>The stored form of comments' texts. Stored documents outlive this version, so they may hold what it does not know.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommentText))]
internal sealed partial class CommentTextJson : JsonSerializerContext;
