using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Grains;
using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>
/// What <see cref="Engine.Grains.VoterGrain"/> is measured against: the same call, the same turn by the same rules, the same answer, but the
/// state is written by itself, with one <c>WriteStateAsync</c> for each vote. It leaves no event, so nobody counts its votes: that work
/// is spared it.
/// </summary>
/// <param name="parts">What the silo has for it.</param>
/// <param name="stored">The ballot in its storage.</param>
public abstract class VoterStateGrain(SiloParts parts, IPersistentState<StoredSnapshot> stored) : Grain, IAggregateGrain
{
    private StreamId stream;
    private Aggregate state = Aggregate.Empty(AggregateKind.Voter);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = StreamKey.Parse(AggregateKind.Voter, this.GetPrimaryKeyString());
        if (stored.RecordExists)
            state = AggregateSnapshots.Read(AggregateKind.Voter, stored.State.State);
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<WireReply> HandleAsync(WireCommand? command)
    {
        if (command is null)
            return WireReply.Of(Reply.Accepted(state, Position.Start, changed: false));
        var wish = command.ToCommand();
        if (await parts.Followers.FindAsync(stream.Campaign) is not { } campaign)
            return WireReply.Of(Reply.Overloaded);
        if (!campaign.IsFresh)
            await campaign.RefreshAsync();
        var result = Turn.Run(stream, state, wish, new LeasedContext(campaign.Follower, Instant.From(parts.Time.GetUtcNow())));
        if (result.Refusal is { } refusal)
            return WireReply.Of(Reply.Refused(refusal));
        stored.State = new StoredSnapshot
        {
            Format = AggregateSnapshots.Format,
            Version = result.State.Version,
            State = AggregateSnapshots.Write(result.State),
        };
        await stored.WriteStateAsync();
        state = result.State;
        return WireReply.Of(Reply.Accepted(state, Position.Start, result.Events.Length > 0));
    }
}

/// <summary>It writes to the storage that Orleans has for PostgreSQL, set up as it comes.</summary>
/// <param name="parts">What the silo has for it.</param>
/// <param name="stored">The ballot in its storage.</param>
public sealed class UsualVoterStateGrain(SiloParts parts, [PersistentState("ballot", UsualStorage.Name)] IPersistentState<StoredSnapshot> stored)
    : VoterStateGrain(parts, stored), IUsualVoterStateGrain;

/// <summary>It writes to a storage that does nothing that need not be.</summary>
/// <param name="parts">What the silo has for it.</param>
/// <param name="stored">The ballot in its storage.</param>
public sealed class LeanVoterStateGrain(SiloParts parts, [PersistentState("ballot", LeanStorage.Name)] IPersistentState<StoredSnapshot> stored)
    : VoterStateGrain(parts, stored), ILeanVoterStateGrain;
