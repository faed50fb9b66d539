using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>
/// One table, and the few things the stores do with it. What may be repeated safely is repeated; what fails for good is explained.
/// A condition that did not hold is an answer, not an exception. As a repetition can't tell whether the first try had come through, a
/// "no" may mean that the caller itself was first: whoever gets one reads again.
/// </summary>
/// <exception cref="JournalException">Of all members: the table can't be used; the message says why.</exception>
internal sealed class Table(TableClient repeating, TableClient once, AccountName account)
{
    /// <summary>Makes the table if there is none.</summary>
    public Task CreateAsync(CancellationToken cancellation) =>
        ExplainedAsync(() => repeating.CreateIfNotExistsAsync(cancellation), cancellation);

    /// <summary>A row; null if it is not there.</summary>
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellation = default)
    {
        var found = await ExplainedAsync(
            () => repeating.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation), cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows that a filter finds, in the order of their keys, by pages.</summary>
    /// <param name="filter">Made with <see cref="Keys"/>.</param>
    /// <param name="page">At most so many rows a request, 1 to 1,000; the service sends fewer if they are large (4 MB).</param>
    /// <param name="select">The properties to read; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter, int page = 1_000, string[]? select = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var rows = repeating.QueryAsync<TableEntity>(filter, page, select, cancellation).GetAsyncEnumerator(CancellationToken.None);
        while (await ExplainedAsync(() => rows.MoveNextAsync().AsTask(), cancellation))
            yield return rows.Current;
    }

    /// <summary>Adds a row.</summary>
    /// <returns>Its new version; null if there is one with this key.</returns>
    public async Task<ETag?> TryAddAsync(TableEntity row, CancellationToken cancellation = default) =>
        VersionOf(await IfAsync(() => repeating.AddEntityAsync(row, cancellation), cancellation));

    /// <summary>Replaces a row if it still has a version.</summary>
    /// <returns>Its new version; null if it has changed or is gone.</returns>
    public async Task<ETag?> TryReplaceAsync(TableEntity row, ETag version, CancellationToken cancellation = default) =>
        VersionOf(await IfAsync(() => repeating.UpdateEntityAsync(row, version, TableUpdateMode.Replace, cancellation), cancellation));

    /// <summary>Adds a row, or replaces the one with this key.</summary>
    public Task PutAsync(TableEntity row, CancellationToken cancellation = default) =>
        ExplainedAsync(() => repeating.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation), cancellation);

    /// <summary>Deletes a row if it still has a version, or in any version if that is <c>default</c>.</summary>
    /// <returns>False if it has another version; true also if it is not there.</returns>
    public async Task<bool> TryDeleteAsync(string partition, string row, ETag version, CancellationToken cancellation = default) =>
        await IfAsync(() => repeating.DeleteEntityAsync(partition, row, version, cancellation), cancellation) is not null;

    /// <summary>Does several things in one partition, all or none.</summary>
    /// <returns>The new version of the first thing's row; null if a condition did not hold and nothing was done.</returns>
    public async Task<ETag?> TrySubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default) =>
        VersionOf(await IfAsync(async () => (await repeating.SubmitTransactionAsync(actions, cancellation)).Value[0], cancellation));

    /// <summary>As <see cref="TrySubmitAsync"/>, also of things that leave no version behind, such as deletions.</summary>
    /// <returns>False if a condition did not hold and nothing was done.</returns>
    public async Task<bool> TryAllAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default) =>
        await IfAsync(async () => (await repeating.SubmitTransactionAsync(actions, cancellation)).Value[0], cancellation) is not null;

    /// <summary>Does several things in one partition, all or none, in one request that is never repeated.</summary>
    public async Task<Submission> SubmitOnceAsync(IReadOnlyList<TableTransactionAction> actions)
    {
        try
        {
            var answers = await once.SubmitTransactionAsync(actions, CancellationToken.None);
            return new Submission(SubmissionOutcome.Done, answers.Value[0].Headers.ETag, null);
        }
        catch (Exception e) when (TableErrors.IsAboutTables(e, CancellationToken.None))
        {
            var outcome = e switch
            {
                RequestFailedException { Status: 404 or 409 or 412 } => SubmissionOutcome.ConditionFailed,
                _ when TableErrors.IsRefusal(e) => SubmissionOutcome.Refused,
                _ => SubmissionOutcome.Unknown,
            };
            return new Submission(outcome, null, TableErrors.Explain(e, account));
        }
    }

    /// <summary>The new version of a row. Never the empty one: as a condition that would be no condition at all.</summary>
    private ETag? VersionOf(Response? answer) => answer is null ? null
        : answer.Headers.ETag is { } version && version != default ? version
        : throw new JournalException($"The Azure storage account {account} does not say which version a row has. Name an account of Azure Storage, not of another service.");

    private async Task<Response?> IfAsync(Func<Task<Response>> act, CancellationToken cancellation)
    {
        try
        {
            return await act();
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
        catch (Exception e) when (TableErrors.IsAboutTables(e, cancellation))
        {
            throw TableErrors.Explain(e, account);
        }
    }

    private async Task<T> ExplainedAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (TableErrors.IsAboutTables(e, cancellation))
        {
            throw TableErrors.Explain(e, account);
        }
    }
}

/// <summary>What became of a request that was sent once.</summary>
internal enum SubmissionOutcome
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>A row was not as the request said; nothing was done.</summary>
    ConditionFailed,

    /// <summary>The service refused it for another reason; nothing was done.</summary>
    Refused,

    /// <summary>No answer that says anything: it may have been carried out, or may still be.</summary>
    Unknown,
}

/// <summary>What became of a request that was sent once.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Version">The new version of the first thing's row, if it was done and the service said so.</param>
/// <param name="Failure">Why, if it was not done.</param>
internal readonly record struct Submission(SubmissionOutcome Outcome, ETag? Version, JournalException? Failure);
