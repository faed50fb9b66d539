using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>What a query of Prometheus' language names: metrics, each with the labels it is matched by, and the labels that results are grouped by.</summary>
/// <param name="Metrics">The metrics, with the labels in their braces.</param>
/// <param name="Grouping">The labels in <c>by</c>, <c>without</c>, <c>on</c> and their like.</param>
internal sealed partial record PromQl(IReadOnlyList<(string Name, IReadOnlyList<string> Labels)> Metrics, IReadOnlyList<string> Grouping)
{
    private static readonly string[] Clauses = ["by", "without", "on", "ignoring", "group_left", "group_right"];

    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    private static readonly string[] Functions =
    [
        "sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "rate", "irate", "increase", "delta", "deriv", "resets", "changes", "vector", "scalar",
        "histogram_quantile", "predict_linear", "min_over_time", "max_over_time", "avg_over_time", "label_values", "absent", "clamp_min", "clamp_max",
    ];

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">It is none, or uses what this reader does not know.</exception>
    public static PromQl Parse(string query)
    {
        var tokens = Token.Matches(query).Select(match => match.Value).Where(token => token.Trim().Length > 0).ToList();
        if (string.Concat(tokens).Length != query.Count(c => !char.IsWhiteSpace(c)) + tokens.Sum(token => token.Count(char.IsWhiteSpace)))
            throw new FormatException($"Not all of it is understood: {query}");
        var metrics = new List<(string, IReadOnlyList<string>)>();
        var grouping = new List<string>();
        var open = new Stack<string>();
        for (var at = 0; at < tokens.Count; at++)
        {
            var (token, next) = (tokens[at], at + 1 < tokens.Count ? tokens[at + 1] : "");
            if (token is "(" or "[" or "{")
                open.Push(token);
            else if (token is ")" or "]" or "}")
            {
                if (open.Count == 0 || open.Pop() + token is not ("()" or "[]" or "{}"))
                    throw new FormatException($"Brackets do not fit: {query}");
            }
            else if (!IsName(token) || Words.Contains(token))
                continue;
            else if (Clauses.Contains(token))
                grouping.AddRange(Inside(tokens, ref at, ")").Where(IsName));
            else if (next == "(" || Clauses.Contains(next))
            {
                if (!Functions.Contains(token))
                    throw new FormatException($"Unknown function {token}: {query}");
                if (token == "label_values")
                {
                    var arguments = Inside(tokens, ref at, ")").Where(IsName).ToList();
                    metrics.Add((arguments[0], [arguments[1]]));
                }
            }
            else if (next == "{")
                metrics.Add((token, [.. Inside(tokens, ref at, "}").Where(IsName)]));
            else
                metrics.Add((token, []));
        }
        if (open.Count > 0)
            throw new FormatException($"Brackets are left open: {query}");
        return new PromQl(metrics, grouping);
    }

    private static bool IsName(string token) => char.IsAsciiLetter(token[0]) || token[0] is '_' or ':';

    /// <summary>The tokens in the brackets that come next; moves behind them.</summary>
    private static List<string> Inside(List<string> tokens, ref int at, string end)
    {
        var last = tokens.IndexOf(end, at);
        if (last < 0 || tokens[at + 1] is not ("(" or "{"))
            throw new FormatException($"Brackets are missing behind {tokens[at]}.");
        var inside = tokens[(at + 2)..last];
        at = last;
        return inside;
    }

    // Texts, times (in brackets or alone), numbers, names with Grafana's own variables among them, and what stands between.
    [GeneratedRegex("""\s+|"(?:[^"\\]|\\.)*"|\$__?[a-z_]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:ms|[smhdwy])?|[a-zA-Z_:][a-zA-Z0-9_:]*|=~|!~|==|!=|<=|>=|[-+*/%^<>=(){}\[\],]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token { get; }
}
