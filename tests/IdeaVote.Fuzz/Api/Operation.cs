using System.Globalization;
using System.Text.Json;

namespace IdeaVote.Fuzz.Api;

/// <summary>One call of the API as the description has it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, with names of its parts in braces.</param>
/// <param name="Queries">The parameters of the query.</param>
/// <param name="Headers">The headers it obeys.</param>
/// <param name="Bodies">The bodies it takes.</param>
/// <param name="Answers">What it may answer, by status.</param>
internal sealed record Operation(
    string Method, string Path, IReadOnlyList<Parameter> Queries, IReadOnlyList<Parameter> Headers, IReadOnlyList<Body> Bodies, IReadOnlyDictionary<int, Answer> Answers)
{
    /// <summary>Whether its answer can go on for ever: a feed that is followed.</summary>
    public bool IsEndless => Path.EndsWith("/feed", StringComparison.Ordinal);

    /// <summary>Whether an answer is the whole server: asked for less often.</summary>
    public bool IsDear => Path.EndsWith("/backup", StringComparison.Ordinal);

    /// <summary>Reads one.</summary>
    public static Operation Read(string path, string method, JsonElement call) => new(
        method.ToUpperInvariant(), path, Parameters(call, "query"), Parameters(call, "header"), [.. ReadBodies(call)],
        call.GetProperty("responses").EnumerateObject().ToDictionary(
            static answer => int.Parse(answer.Name, CultureInfo.InvariantCulture),
            static answer => new Answer(
                ApiDescription.Codes(answer.Value.GetProperty("description").GetString()!),
                answer.Value.TryGetProperty("content", out var content) ? content.EnumerateObject().Select(static type => type.Name).ToHashSet(StringComparer.Ordinal) : new HashSet<string>())));

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";

    private static Parameter[] Parameters(JsonElement call, string where) => !call.TryGetProperty("parameters", out var all) ? [] :
    [
        .. from parameter in all.EnumerateArray()
           where parameter.GetProperty("in").GetString() == @where
           select new Parameter(parameter.GetProperty("name").GetString()!, [.. Likely(parameter)]),
    ];

    // Its example, and the words of its text: where it takes one of several, they are listed there.
    private static IEnumerable<string> Likely(JsonElement parameter)
    {
        if (parameter.TryGetProperty("example", out var example))
            yield return example.ToString();
        if (parameter.GetProperty("in").GetString() == "query" && parameter.TryGetProperty("description", out var text))
            foreach (var word in text.GetString()!.Split([' ', ',', ';', ':', '(', ')', '`', '"', '\n'], StringSplitOptions.RemoveEmptyEntries))
                yield return word.TrimEnd('.');
    }

    private static IEnumerable<Body> ReadBodies(JsonElement call)
    {
        if (!call.TryGetProperty("requestBody", out var body))
            yield break;
        foreach (var content in body.GetProperty("content").EnumerateObject())
            foreach (var example in content.Value.GetProperty("examples").EnumerateObject())
                yield return new Body(content.Name, Text(example.Value.GetProperty("value")), content.Value.GetProperty("schema").Clone());
    }

    // Lines are given as a text, an object as itself.
    private static string Text(JsonElement example) => example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText();
}

/// <summary>A parameter of a query, or a header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Likely">What may be taken.</param>
internal sealed record Parameter(string Name, IReadOnlyList<string> Likely);

/// <summary>A body that a call takes.</summary>
/// <param name="ContentType">Its content type.</param>
/// <param name="Example">One that is right.</param>
/// <param name="Schema">What it, or one line of it, is.</param>
internal sealed record Body(string ContentType, string Example, JsonElement Schema);

/// <summary>What a call may answer with a status.</summary>
/// <param name="Codes">The codes of problems; none of success.</param>
/// <param name="ContentTypes">Its content types; none if it has no body.</param>
internal sealed record Answer(IReadOnlySet<string> Codes, IReadOnlySet<string> ContentTypes);
