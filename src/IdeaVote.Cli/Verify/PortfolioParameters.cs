using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Verify;

/// <summary>What decided a portfolio besides the votes.</summary>
/// <param name="Method">The rule and its parameters.</param>
/// <param name="From">Which votes made the ballots.</param>
/// <param name="Fund">The money there was; null for the campaign's fund.</param>
internal sealed record PortfolioParameters(FundingMethod Method, CountFrom From, decimal? Fund)
{
    /// <summary>The names.</summary>
    public static readonly string[] Names = ["rule", "utility", "completion", "from", "fund"];

    /// <summary>What a file names, and where it does not, what was given.</summary>
    /// <exception cref="UsageException">Something is missing, unknown, or given otherwise than the file has it.</exception>
    public static PortfolioParameters Of(string path, PortfolioFile file, IReadOnlyDictionary<string, string> given)
    {
        var named = new Dictionary<string, string>(file.Told.Parameters ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (file.Body is { } body)
        {
            foreach (var (name, value) in new[] { ("rule", body.Rule), ("utility", body.Utility), ("completion", body.Completion), ("from", body.From), ("fund", FormattableString.Invariant($"{body.Fund}")) })
            {
                if (value is null)
                    continue;
                if (named.TryGetValue(name, out var other) && !Same(name, other, value))
                    throw new DisagreementException($"{path} says {name} {value}, and names {other} among its parameters");
                named[name] = value;
            }
        }
        foreach (var (name, value) in given)
        {
            if (named.TryGetValue(name, out var other) && !Same(name, other, value))
                throw new UsageException($"{path} has {name} {other}, not {value}");
            named[name] = value;
        }
        return new PortfolioParameters(
            new FundingMethod(
                ValueOf(path, "rule", named.GetValueOrDefault("rule") ?? throw Missing(path, "rule"), MethodNames.Rules),
                ValueOf(path, "utility", named.GetValueOrDefault("utility") ?? MethodNames.Utilities.Keys.First(), MethodNames.Utilities),
                ValueOf(path, "completion", named.GetValueOrDefault("completion") ?? MethodNames.Completions.Keys.First(), MethodNames.Completions)),
            CountFroms.TryParse(named.GetValueOrDefault("from") ?? throw Missing(path, "from"), out var from) ? from : throw Unknown(path, "from", named["from"]),
            named.TryGetValue("fund", out var fund) ? PbNumber.TryParseMoney(fund, out var money) ? money : throw Unknown(path, "fund", fund) : null);
    }

    private static bool Same(string name, string one, string other) => one == other
        || (name == "fund" && PbNumber.TryParseMoney(one, out var first) && PbNumber.TryParseMoney(other, out var second) && first == second);

    private static T ValueOf<T>(string path, string name, string value, IReadOnlyDictionary<string, T> names) =>
        names.TryGetValue(value, out var known) ? known : throw Unknown(path, name, value);

    private static UsageException Missing(string path, string name) => new($"{path} does not name its {name}; give it with --{name}");

    private static UsageException Unknown(string path, string name, string value) => new($"{path} has a {name} that is not known here: {value}");
}
