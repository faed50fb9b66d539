using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Allocation;

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
        var election = FileElection.ToAllocate(host, file, query.Fund);
        if (Allocator.TryRun(election, query.Method, out var portfolio, out var refusal, cancel.ThrowIfCancellationRequested))
            return PortfolioBody.Of(file, election, Comparison.Of(election, portfolio), query.Payments);
        host.Note($"ideavote: {refusal.Detail} ({refusal.Code})");
        return null;
    }
}
