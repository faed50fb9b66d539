using System.Text.Json;
using IdeaVote.Domain.Kernel;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Input;

/// <summary>
/// What is wrong with JSON that is read by hand, as values: the paths that take thousands of votes a second do not throw at
/// what is merely wrong.
/// </summary>
internal static class InputRefusals
{
    /// <summary>Not JSON, or not text in UTF-8.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>A field nobody knows.</summary>
    public const string UnknownFieldCode = "unknown_field";

    /// <summary>A field given twice.</summary>
    public const string DuplicateField = "duplicate_field";

    /// <summary>A field of the wrong type or out of its limits.</summary>
    public const string InvalidField = "invalid_field";

    /// <summary>The deepest JSON that is read.</summary>
    public const int MaxDepth = 16;

    private const int MaxShown = 60;

    /// <summary>How JSON is read everywhere: no comments, no trailing commas, not deep.</summary>
    public static JsonReaderOptions Options => new() { MaxDepth = MaxDepth };

    /// <summary>
    /// The HTTP status of what is wrong with a body: 400, but for what the domain refuses too, which has the same status wherever
    /// it is found.
    /// </summary>
    public static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        RefusalCode.IdeaNotFound => StatusCodes.Status404NotFound,
        RefusalCode.BallotFull => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>The refusal for an exception of the reader.</summary>
    public static Refusal Malformed(Exception exception) => exception is JsonException e
        ? new Refusal(MalformedJson, $"This is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is not what JSON expects there, or it is nested deeper than {MaxDepth}.")
        : new Refusal(MalformedJson, "A text in this JSON is not valid Unicode; send UTF-8, and surrogates only in pairs.");

    /// <summary>The whole is not one JSON object.</summary>
    public static Refusal NotAnObject() => new(MalformedJson, "Send one JSON object.");

    /// <summary>A field nobody knows; the reader stands on its name.</summary>
    public static Refusal UnknownField(ref Utf8JsonReader reader, string known)
    {
        var name = Shown(ref reader);
        return new Refusal(UnknownFieldCode, $"There is no field \"{name}\" here; known are {known}.", name);
    }

    /// <summary>A field was given twice.</summary>
    public static Refusal Twice(string field) => new(DuplicateField, $"\"{field}\" is given twice; give it once.", field);

    /// <summary>A field is of the wrong type or out of its limits.</summary>
    public static Refusal Invalid(string field, string detail) => new(InvalidField, detail, field);

    /// <summary>The text the reader stands on, cut to what fits a message.</summary>
    public static string Shown(ref Utf8JsonReader reader) => Shown(reader.GetString() ?? "");

    /// <summary>The text, cut to what fits a message; never in the middle of a character.</summary>
    public static string Shown(string text)
    {
        if (text.Length <= MaxShown)
            return text;
        var end = char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
        return text[..end] + "…";
    }
}
