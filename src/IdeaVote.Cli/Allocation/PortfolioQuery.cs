using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>What portfolio is asked for.</summary>
/// <param name="Election">A campaign's key or a file's path.</param>
/// <param name="Method">The rule and its parameters.</param>
/// <param name="Fund">The money to spend; null for what the campaign or the file says.</param>
/// <param name="Payments">Whether every payment is listed, however many there are.</param>
/// <param name="From">Which of a campaign's votes count; null for the first method that is on.</param>
/// <param name="AsOf">As of which time or position of a campaign; null for now.</param>
internal sealed record PortfolioQuery(string Election, FundingMethod Method, decimal? Fund, bool Payments, string? From = null, string? AsOf = null);

/// <summary>Where portfolios come from: a file, counted here, or a server.</summary>
internal interface IPortfolioSource
{
    /// <summary>The portfolio; null if there is none, which the user has been told together with why.</summary>
    Task<PortfolioBody?> GetAsync(PortfolioQuery query, CancellationToken cancel);
}
