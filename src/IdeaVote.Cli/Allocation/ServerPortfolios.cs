using System.Globalization;
using IdeaVote.Cli.Api;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>A campaign's votes, counted by its server.</summary>
/// <param name="host">Where a word about it goes.</param>
/// <param name="client">The server.</param>
/// <param name="isKept">Whether the portfolio becomes a file, which names the ballots counted.</param>
internal sealed class ServerPortfolios(CliHost host, ApiClient client, bool isKept) : IPortfolioSource
{
    /// <inheritdoc/>
    public async Task<PortfolioBody?> GetAsync(PortfolioQuery query, CancellationToken cancel) =>
        await NamedBallots.GetAsync<PortfolioBody>(host, client, Path(query), isKept, cancel);

    private static string Path(PortfolioQuery query)
    {
        var path = new QueryPath($"campaigns/{Uri.EscapeDataString(query.Election)}/portfolio")
            .With("rule", MethodNames.Of(MethodNames.Rules, query.Method.Rule))
            .With("fund", query.Fund?.ToString(CultureInfo.InvariantCulture))
            .With("utility", query.Method.Utility == Utility.Cost ? null : MethodNames.Of(MethodNames.Utilities, query.Method.Utility))
            .With("completion", query.Method.Completion == Completion.Add1U ? null : MethodNames.Of(MethodNames.Completions, query.Method.Completion))
            .With("from", query.From)
            .With("payments", query.Payments ? "true" : null)
            .With("asOf", query.AsOf);
        return path.ToString();
    }
}
