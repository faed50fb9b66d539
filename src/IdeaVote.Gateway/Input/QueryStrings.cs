using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Input;

/// <summary>Reads query strings as strictly as bodies.</summary>
internal static class QueryStrings
{
    /// <summary>Refuses parameters that nobody knows, and those given twice.</summary>
    /// <exception cref="Http.ApiException">400 <c>unknown_field</c> or <c>duplicate_field</c>.</exception>
    public static void Check(IQueryCollection query, params ReadOnlySpan<string> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
                throw CommonProblems.Invalid(
                    InputRefusals.Shown(name), $"There is no parameter \"{InputRefusals.Shown(name)}\" here; known are {string.Join(", ", known.ToArray())}.", InputRefusals.UnknownFieldCode);
            if (values.Count > 1)
                throw CommonProblems.Invalid(name, $"\"{name}\" is given twice; give it once.", InputRefusals.DuplicateField);
        }
    }

    /// <summary>A parameter; null if it is absent or empty.</summary>
    /// <exception cref="Http.ApiException">400 <c>too_long</c>.</exception>
    public static string? Text(IQueryCollection query, string name, int maxChars)
    {
        var text = query[name].ToString();
        if (text.Length > maxChars)
            throw CommonProblems.Invalid(name, $"\"{name}\" has at most {maxChars} characters.", "too_long");
        return text.Length == 0 ? null : text;
    }

    /// <summary>A whole number within a range.</summary>
    /// <exception cref="Http.ApiException">400 <c>invalid_field</c>.</exception>
    public static int Number(IQueryCollection query, string name, int min, int max, int otherwise)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return otherwise;
        return int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) && number >= min && number <= max
            ? number
            : throw CommonProblems.Invalid(name, $"\"{name}\" is a whole number from {min} to {max}.");
    }
}
