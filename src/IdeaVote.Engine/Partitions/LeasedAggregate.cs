using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// An aggregate with the rules it decides by: what a host does with a call, wherever it runs. One call at a time, on its host's
/// scheduler.
/// </summary>
/// <param name="stream">The aggregate.</param>
/// <param name="host">Its state.</param>
/// <param name="find">Finds the campaign; null if there is none.</param>
/// <param name="time">The clock.</param>
public sealed class LeasedAggregate(
    StreamId stream, AggregateHost host, Func<CancellationToken, ValueTask<ICampaignLease?>> find, TimeProvider time)
{
    /// <summary>Whether what it knows can't be trusted any more; its host drops it, and the next call finds another.</summary>
    public bool IsLost => host.IsLost;

    /// <summary>Runs a command, or without one reads; answers as <see cref="IEngine.SendAsync"/> does.</summary>
    public ValueTask<Reply> HandleAsync(Command? command, CancellationToken cancellation = default)
    {
        var span = command is null ? null : TurnSpan.Begin(stream, command);
        return span is null ? RunAsync(command, cancellation) : RunAsync(span, command, cancellation);
    }

    private async ValueTask<Reply> RunAsync(Activity span, Command? command, CancellationToken cancellation)
    {
        var reply = Reply.OutcomeUnknown;
        try
        {
            return reply = await RunAsync(command, cancellation);
        }
        finally
        {
            TurnSpan.End(span, reply);
        }
    }

    private ValueTask<Reply> RunAsync(Command? command, CancellationToken cancellation)
    {
        if (stream.Kind == AggregateKind.Campaign)
            return host.HandleAsync(command, new OwnRules(find, time), cancellation);
        var finding = find(cancellation);
        if (!finding.IsCompletedSuccessfully)
            return FindAsync(finding.AsTask(), command, cancellation);
        // What is not there is not written to either: whoever makes names up leaves no trace.
        if (finding.Result is not { } campaign)
            return new ValueTask<Reply>(Absent(command));
        // Nearly always it is known and fresh, and then nothing stands between the caller and the turn.
        return campaign.IsFresh ? host.HandleAsync(command, new LeasedRules(campaign, time), cancellation) : RefreshAsync(campaign, command, cancellation);
    }

    private async ValueTask<Reply> FindAsync(Task<ICampaignLease?> finding, Command? command, CancellationToken cancellation)
    {
        try
        {
            return await finding is { } campaign ? await RefreshAsync(campaign, command, cancellation) : Absent(command);
        }
        catch (JournalException)
        {
            // Reading failed, before anything was decided.
            return Reply.Overloaded;
        }
    }

    private async ValueTask<Reply> RefreshAsync(ICampaignLease campaign, Command? command, CancellationToken cancellation)
    {
        if (!campaign.IsFresh)
            await campaign.RefreshAsync(cancellation);
        return await host.HandleAsync(command, new LeasedRules(campaign, time), cancellation);
    }

    private Reply Absent(Command? command)
    {
        var empty = Aggregate.Empty(stream.Kind);
        return command is null || Turn.Run(stream, empty, command, new OwnContext(Instant.From(time.GetUtcNow()))).Refusal is not { } refusal
            ? Reply.Accepted(empty, Position.Start, changed: false)
            : Reply.Refused(refusal);
    }
}
