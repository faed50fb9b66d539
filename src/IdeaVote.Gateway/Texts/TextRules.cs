using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Texts;

/// <summary>What texts are taken. Lengths are in UTF-16 code units.</summary>
public static class TextRules
{
    /// <summary>A text of one line that must be there: trimmed, not empty, without control characters.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="field">Where it stood.</param>
    /// <param name="maxChars">The most characters after trimming.</param>
    /// <exception cref="ApiException">400 <c>missing_field</c>, <c>too_long</c> or <c>invalid_text</c>.</exception>
    public static string Line(string? text, string field, int maxChars)
    {
        var line = text?.Trim();
        if (string.IsNullOrEmpty(line))
            throw new ApiException(StatusCodes.Status400BadRequest, "missing_field", $"The field '{field}' is missing or empty.", field);
        CheckLength(line, field, maxChars);
        return IsLine(line) ? line : throw new ApiException(
            StatusCodes.Status400BadRequest, "invalid_text", $"The field '{field}' is one line of valid Unicode without control characters.", field);
    }

    /// <summary>A text of many lines, possibly empty, kept as it is.</summary>
    /// <param name="text">What the caller sent; null is empty.</param>
    /// <param name="field">Where it stood.</param>
    /// <param name="maxChars">The most characters.</param>
    /// <exception cref="ApiException">400 <c>too_long</c> or <c>invalid_text</c>.</exception>
    public static string Body(string? text, string field, int maxChars)
    {
        text ??= "";
        CheckLength(text, field, maxChars);
        if (text.Contains('\0') || HasUnpairedSurrogate(text))
            throw new ApiException(StatusCodes.Status400BadRequest, "invalid_text", $"The field '{field}' is valid Unicode without the character NUL.", field);
        return text;
    }

    /// <summary>Whether a text is one line: no control character and no half of a surrogate pair.</summary>
    public static bool IsLine(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return false;
        return !HasUnpairedSurrogate(text);
    }

    private static void CheckLength(string text, string field, int maxChars)
    {
        if (text.Length > maxChars)
            throw new ApiException(StatusCodes.Status400BadRequest, "too_long", $"The field '{field}' has at most {maxChars} characters.", field);
    }

    private static bool HasUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
