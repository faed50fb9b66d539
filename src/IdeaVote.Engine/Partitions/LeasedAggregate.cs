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
    public async ValueTask<Reply> HandleAsync(Command? command, CancellationToken cancellation = default)
    {
        var span = command is null ? null : TurnSpan.Begin(stream, command);
        var reply = Reply.OutcomeUnknown;
        try
        {
            return reply = await TryHandleAsync(command, cancellation);
        }
        finally
        {
            TurnSpan.End(span, reply);
        }
    }

    private async ValueTask<Reply> TryHandleAsync(Command? command, CancellationToken cancellation)
    {
        try
        {
            if (stream.Kind == AggregateKind.Campaign)
                return await DecideAloneAsync(command, cancellation);
            // What is not there is not written to either: whoever makes names up leaves no trace.
            return await find(cancellation) is { } campaign ? await DecideAsync(campaign, command, cancellation) : Absent(command);
        }
        catch (JournalException)
        {
            // Reading failed, before anything was decided.
            return Reply.Overloaded;
        }
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private async ValueTask<Reply> DecideAloneAsync(Command? command, CancellationToken cancellation)
    {
        // A campaign needs nobody's rules but its own, and to be made it must not exist.
        OwnContext? context = null;
        var reply = await host.HandleAsync(command, () => context = new OwnContext(Now), cancellation);
        if (reply.Kind != ReplyKind.Refused || context is not { Missed: true } || await find(cancellation) is not { } campaign)
            return reply;
        // Its result names ideas, which it does not know of itself. A result stays: it is not decided by statuses of a moment ago.
        await campaign.RefreshAsync(cancellation);
        return await DecideAsync(campaign, command, cancellation);
    }

    private async ValueTask<Reply> DecideAsync(ICampaignLease campaign, Command? command, CancellationToken cancellation)
    {
        if (!campaign.IsFresh)
            await campaign.RefreshAsync(cancellation);
        LeasedContext? context = null;
        var reply = await host.HandleAsync(command, Context, cancellation);
        if (reply.Kind != ReplyKind.Refused || context is not { Missed: true })
            return reply;
        // What it did not find may have come to be since the copy was made.
        await campaign.RefreshAsync(cancellation);
        return await host.HandleAsync(command, Context, cancellation);

        TurnContext? Context() => campaign.IsFresh ? context = new LeasedContext(campaign.Follower, Now) : null;
    }

    private Reply Absent(Command? command)
    {
        var empty = Aggregate.Empty(stream.Kind);
        return command is null || Turn.Run(stream, empty, command, new OwnContext(Now)).Refusal is not { } refusal
            ? Reply.Accepted(empty, Position.Start, changed: false)
            : Reply.Refused(refusal);
    }

    /// <summary>The context of those who ask no campaign.</summary>
    private sealed class OwnContext(Instant now) : TurnContext
    {
        /// <summary>Whether the turn asked for an idea all the same.</summary>
        public bool Missed { get; private set; }

        public override Instant Now => now;

        public override Domain.Campaigns.Campaign Campaign => Domain.Campaigns.Campaign.None;

        public override Domain.Ideas.IdeaStatus? StatusOf(IdeaId idea)
        {
            Missed = true;
            return null;
        }
    }
}
