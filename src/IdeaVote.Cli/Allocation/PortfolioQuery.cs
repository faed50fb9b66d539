using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>What portfolio is asked for.</summary>
/// <param name="Election">A campaign's key or a file's path.</param>
/// <param name="Method">The rule and its parameters.</param>
/// <param name="Fund">The money to spend; null for what the campaign or the file says.</param>
/// <param name="Payments">Whether every payment is listed, however many there are.</param>
internal sealed record PortfolioQuery(string Election, FundingMethod Method, decimal? Fund, bool Payments);

/// <summary>Where portfolios come from: a file, counted here, or a server.</summary>
internal interface IPortfolioSource
{
    /// <summary>Whether this is where an election's portfolio comes from.</summary>
    /// <param name="election">A campaign's key or a file's path, as the user gave it.</param>
    bool Takes(string election);

    /// <summary>The portfolio; null if there is none, which the user has been told together with why.</summary>
    Task<PortfolioBody?> GetAsync(PortfolioQuery query, CancellationToken cancel);
}

/// <summary>A .pb file on this machine.</summary>
internal sealed class FilePortfolios(CliHost host) : IPortfolioSource
{
    /// <inheritdoc/>
    public bool Takes(string election) => FileElection.IsMeant(election);

    /// <inheritdoc/>
    public async Task<PortfolioBody?> GetAsync(PortfolioQuery query, CancellationToken cancel)
    {
        if (await FileElection.ReadAsync(host, query.Election, cancel) is not { } file)
            return null;
        var election = FileElection.ToAllocate(host, file, query.Fund);
        if (Allocator.TryRun(election, query.Method, out var portfolio, out var refusal))
            return PortfolioBody.Of(file, Comparison.Of(election, portfolio), query.Payments);
        host.Note($"ideavote: {refusal.Detail} ({refusal.Code})");
        return null;
    }
}
