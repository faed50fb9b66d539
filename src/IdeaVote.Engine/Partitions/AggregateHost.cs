using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// One aggregate in memory, far from its journal: loads it, runs its turns, has the events appended, and only then lets the
/// state move and the caller hear. One call at a time, on its host's scheduler.
/// </summary>
/// <param name="stream">The aggregate.</param>
/// <param name="partition">Its partition.</param>
/// <param name="snapshots">Where a snapshot may lie; null for none.</param>
/// <param name="snapshotEvents">A snapshot is taken when so many events have come since the last one, 1 or more.</param>
public sealed class AggregateHost(StreamId stream, IPartition partition, IAggregateCache? snapshots, int snapshotEvents = 64)
{
    private Aggregate? state;
    private long token;
    private long saved;

    /// <summary>
    /// Whether what it knows can't be trusted any more: the outcome of an append is unknown. Its host drops it, and the next call
    /// finds another.
    /// </summary>
    public bool IsLost { get; private set; }

    /// <summary>Runs a command, or without one reads; answers as <see cref="IEngine.SendAsync"/> does.</summary>
    /// <param name="command">The wish; null to read.</param>
    /// <param name="rules">What its turns go by.</param>
    /// <param name="cancellation">Stops waiting; the outcome is then unknown.</param>
    public async ValueTask<Reply> HandleAsync(Command? command, ITurnRules rules, CancellationToken cancellation = default)
    {
        // Another try is for the one case in which nothing has happened: another activation had moved the stream.
        const int Tries = 3;
        var isSecondLook = false;
        for (var left = Tries; left > 0 && !IsLost; left--)
        {
            if (state is null && !await TryLoadAsync(cancellation))
                return Reply.Overloaded;
            if (Run(command, rules) is not { } result)
                return Reply.Overloaded;
            AppendOutcome outcome;
            try
            {
                outcome = await AppendAsync(result.Events, cancellation);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                outcome = new AppendOutcome(AppendKind.Unknown);
            }
            switch (outcome.Kind)
            {
                case AppendKind.Done:
                    state = result.State;
                    if (snapshots is not null && state.Version - saved >= snapshotEvents)
                        await SaveAsync(snapshots, state);
                    if (result.Refusal is not { } refusal)
                        return Reply.Accepted(state, Position.Of(partition.Name, outcome.Offset), result.Events.Length > 0);
                    if (isSecondLook || !await rules.LookAgainAsync(cancellation))
                        return Reply.Refused(refusal);
                    (isSecondLook, left) = (true, Tries + 1);
                    break;
                case AppendKind.Stale:
                    state = null;
                    break;
                case AppendKind.Overloaded:
                    return Reply.Overloaded;
                default:
                    IsLost = true;
                    break;
            }
        }
        // Stale again and again means that somebody else serves this aggregate; the caller's next try goes there.
        IsLost = true;
        return Reply.OutcomeUnknown;
    }

    private Turn.Result? Run(Command? command, ITurnRules rules)
    {
        if (command is null)
            return new Turn.Result(state!, [], null);
        // Asked now and not before: loading may have taken longer than a copy of the rules stays fresh.
        return rules.Context() is { } known ? Turn.Run(stream, state!, command, known) : null;
    }

    private ValueTask<AppendOutcome> AppendAsync(RecordedEvent[] events, CancellationToken cancellation) => partition.AppendAsync(
        new StreamAppend(stream, token, state!.Version, events.Length == 0 ? [] : Array.ConvertAll(events, EventBytes.Of)), cancellation);

    private ValueTask SaveAsync(IAggregateCache cache, Aggregate current)
    {
        saved = current.Version;
        return cache.SaveAsync(new Snapshot(stream, current.Version, AggregateSnapshots.Write(current)));
    }

    private async ValueTask<bool> TryLoadAsync(CancellationToken cancellation)
    {
        // Announced before anything is read: what is read afterwards can't be overtaken by an append of an older activation.
        var opened = await OpenAsync(cancellation);
        if (opened.Kind != AppendKind.Done)
            return false;
        try
        {
            state = await ReadAsync(opened.Version, cancellation);
        }
        catch (JournalException)
        {
            // Nothing was decided yet.
            return false;
        }
        token = opened.Token;
        return true;
    }

    private async ValueTask<Aggregate> ReadAsync(long? version, CancellationToken cancellation)
    {
        // One that is new has nothing to be read, and most who vote are new.
        var loaded = (version == 0 ? null : await FromSnapshotAsync(cancellation)) ?? Aggregate.Empty(stream.Kind);
        saved = loaded.Version;
        if (version != loaded.Version)
            await foreach (var recorded in partition.ReadAsync(stream, loaded.Version + 1, cancellation))
                loaded = loaded.Apply(recorded);
        return loaded;
    }

    private async ValueTask<OpenOutcome> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await partition.OpenAsync(stream, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return new OpenOutcome(AppendKind.Overloaded);
        }
    }

    private async ValueTask<Aggregate?> FromSnapshotAsync(CancellationToken cancellation)
    {
        if (snapshots is null || await snapshots.LoadAsync(stream, cancellation) is not { Version: > 0 } snapshot)
            return null;
        try
        {
            return AggregateSnapshots.Read(stream.Kind, snapshot.State.Span);
        }
        catch (FormatException)
        {
            // A cache that can't be read is made again from the truth.
            return null;
        }
    }
}

/// <summary>Keeps snapshots of aggregates. A cache: it may forget, and saving may fail without anybody noticing.</summary>
public interface IAggregateCache
{
    /// <summary>The newest snapshot; null if there is none.</summary>
    ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default);

    /// <summary>Keeps a snapshot of a state that is durable in the journal. Never throws.</summary>
    ValueTask SaveAsync(Snapshot snapshot);
}
