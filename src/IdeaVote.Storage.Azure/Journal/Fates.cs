using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>Finds out what became of a transaction that got no answer.</summary>
internal sealed class Fates(Table table)
{
    // The first look may find it under way; what follows changes the fence's row, so the second knows.
    private const int MaxLooks = 4;

    /// <summary>Whether a transaction was carried out. If it was not, it never will be.</summary>
    /// <param name="partition">The partition's key.</param>
    /// <param name="before">The fence that the transaction asks for.</param>
    /// <param name="after">The fence that it makes, with the id of its append.</param>
    /// <param name="submission">What is known.</param>
    /// <exception cref="StaleWriterException">It was not, and another writer has the partition.</exception>
    /// <exception cref="JournalException">It can't be found out; the message says why.</exception>
    public async Task<bool> IsDoneAsync(string partition, Fence before, Fence after, Submission submission)
    {
        bool? isDone;
        Fence? now = null;
        try
        {
            var looks = 0;
            do
                (isDone, now) = await LookAsync(partition, before, after, submission.Outcome == SubmissionOutcome.Unknown);
            while (isDone is null && ++looks < MaxLooks);
        }
        catch (JournalException e)
        {
            throw Unknown(e);
        }
        if (isDone == false && submission.Outcome == SubmissionOutcome.Unknown)
            Fence.Check(now, before.Head, before.Epoch);
        return isDone ?? throw Unknown(submission.Failure);
    }

    /// <summary>Looks once; whether it was done is null if it may still be under way.</summary>
    private async Task<(bool? IsDone, Fence? Now)> LookAsync(string partition, Fence before, Fence after, bool mayBeUnderWay)
    {
        var now = await table.FindFenceAsync(partition, CancellationToken.None);
        if (now?.Batch == after.Batch)
            return (true, now);
        if (mayBeUnderWay && now?.Revision == before.Revision)
        {
            // Once the row has changed, the condition of what is under way can't hold any more.
            await table.TryReplaceAsync(before.Next().ToRow(partition), before.Version);
            return (null, now);
        }
        // It has changed: what has not happened by now never will. If it has, others may have appended since; its row tells.
        var feed = await table.FindAsync(partition, JournalKeys.Feed(after.Head));
        return (feed is not null && FeedRow.Of(feed).Batch == after.Batch, now);
    }

    private static JournalException Unknown(JournalException? cause) =>
        new($"It is not known whether the last events were stored; start again, and it shows. {cause?.Message}".TrimEnd(), cause);
}
