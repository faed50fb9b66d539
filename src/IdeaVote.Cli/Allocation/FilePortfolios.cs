using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Allocation;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Allocation;

/// <summary>A .pb file on this machine.</summary>
internal sealed class FilePortfolios(CliHost host) : IPortfolioSource
{
    /// <inheritdoc/>
    public async Task<PortfolioBody?> GetAsync(PortfolioQuery query, CancellationToken cancel)
    {
        if (query.From is not null || query.AsOf is not null)
            throw new UsageException("--from and --as-of are for campaigns; a file has one kind of votes and no past");
        if (await FileElection.ReadAsync(host, query.Election, cancel) is not { } file)
            return null;
        var election = FileElection.ToAllocate(host, file.Election, query.Fund);
        if (Allocator.TryRun(election, query.Method, out var portfolio, out var refusal, cancel.ThrowIfCancellationRequested))
            return PortfolioBody.Of(file.Election, election, Comparison.Of(election, portfolio), query.Payments) with
            {
                File = file.Name,
                Parameters = PortfolioTerms.Write(query.Method, null, portfolio.Fund),
                Ballots = file.Sha256,
            };
        host.Note($"ideavote: {refusal.Detail} ({refusal.Code})");
        return null;
    }
}
