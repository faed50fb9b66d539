using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IdeaVote.Fuzz.Api;

/// <summary>What the server says of its own calls at <c>/openapi/v1.json</c>.</summary>
internal sealed partial class ApiDescription
{
    private readonly Dictionary<string, Operation> byRoute;

    private ApiDescription(IReadOnlyList<Operation> operations, IReadOnlyDictionary<int, IReadOnlySet<string>> anywhere, SchemaSampler schemas)
    {
        Operations = operations;
        Anywhere = anywhere;
        Schemas = schemas;
        byRoute = operations.ToDictionary(static operation => operation.ToString(), StringComparer.Ordinal);
    }

    /// <summary>The calls.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The codes of problems, by status, that any call may answer, and what is no call.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<string>> Anywhere { get; }

    /// <summary>Makes bodies of their schemas.</summary>
    public SchemaSampler Schemas { get; }

    /// <summary>Reads it.</summary>
    public static ApiDescription Read(JsonElement description) => new(
        [
            .. from path in description.GetProperty("paths").EnumerateObject()
               from call in path.Value.EnumerateObject()
               where call.Value.ValueKind == JsonValueKind.Object && call.Value.TryGetProperty("responses", out _)
               select Operation.Read(path.Name, call.Name, call.Value),
        ],
        ReadAnywhere(description.GetProperty("info").GetProperty("description").GetString()!),
        new SchemaSampler(description.GetProperty("components").GetProperty("schemas")));

    /// <summary>The call of a method and a route; null if it is none that is described.</summary>
    public Operation? Find(string route) => byRoute.GetValueOrDefault(route);

    /// <summary>The codes that a text names: words in backticks.</summary>
    public static IReadOnlySet<string> Codes(string text) => Code.Matches(text).Select(static match => match.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);

    private static Dictionary<int, IReadOnlySet<string>> ReadAnywhere(string text) => Listed.Matches(text).ToDictionary(
        static match => int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture), static match => Codes(match.Groups["codes"].Value));

    [GeneratedRegex("`(?<code>[a-z_]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code { get; }

    // A line of the list, such as "- 404 `not_found`, `…`".
    [GeneratedRegex("^- (?<status>[1-5][0-9]{2}) (?<codes>`[a-z_]+`(, `[a-z_]+`)*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Listed { get; }
}
