using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Lives through a campaign from its first event up to a position, in the memory of its ballots and its board. Nothing that was counted
/// before is believed: what is signed is what the journal holds.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="positions">Waits for positions.</param>
public sealed class CampaignAuditor(IEngine engine, Positions positions) : IDisposable
{
    /// <summary>How long somebody who asks for a position waits until it is readable.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Each takes the memory of all ballots and a core: one after the other.
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Lives through a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="wanted">The position up to which; null for what there is now.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ApiException">
    /// 400 <c>invalid_position</c>: nothing of the campaign, or something that can't stand alone, is before it; 503 <c>not_yet</c>;
    /// 500 <c>feed_broken</c>: what the journal holds can't have happened.
    /// </exception>
    public async Task<AuditedCampaign> ReplayAsync(CampaignId campaign, Position? wanted, CancellationToken cancellation)
    {
        if (wanted is { } position && !await engine.WaitAsync(position, Patience, cancellation))
            throw Positions.NotYet();
        var upTo = wanted ?? await engine.QueryAsync(campaign, static (_, at) => at, cancellation);
        await gate.WaitAsync(cancellation);
        try
        {
            var (replay, last) = await FoldAsync(campaign, upTo, cancellation);
            if (replay.Events == 0)
                throw Invalid("The position is before the campaign's first event.");
            var ballots = replay.Ballots.Sha256();
            replay.Ballots.Recount(replay.Board);
            return new AuditedCampaign(replay, last, positions.WriteAlike(last), ballots);
        }
        catch (AuditException e) when (wanted is not null && e is not ChainException)
        {
            // Of several partitions a position that the feed never gave may include a vote, and not the idea it speaks of.
            throw Invalid("This is not a position that the feed of this campaign gave.");
        }
        catch (AuditException e)
        {
            throw new ApiException(StatusCodes.Status500InternalServerError, "feed_broken",
                $"Nothing is signed, because what the journal holds can't have happened: {e.Message}. Restore the journal from a backup.");
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends.</summary>
    public void Dispose() => gate.Dispose();

    private async Task<(CampaignReplay Replay, Position Last)> FoldAsync(CampaignId campaign, Position upTo, CancellationToken cancellation)
    {
        var replay = new CampaignReplay();
        var (read, last) = (Position.Start, Position.Start);
        await foreach (var entry in engine.FeedAsync(campaign, Position.Start, follow: false, cancellation))
        {
            var own = OwnPlace(read, entry.Position);
            read = entry.Position;
            if (upTo.In(own.Partition) < own.Offset)
            {
                // Of one partition nothing that follows is included either; of several, something may be.
                if (read.Partitions.Length == 1 && upTo.Partitions.Length <= 1)
                    break;
                continue;
            }
            replay.Apply(entry.Partition, entry.Body.Span, entry.Prev.Span, entry.Hash.Span);
            last = last.Join(Position.Of(own.Partition, own.Offset));
        }
        return (replay, last);
    }

    /// <summary>Where an event lies itself: an entry's position says how far all partitions have been read with it.</summary>
    private static PartitionOffset OwnPlace(Position before, Position with)
    {
        foreach (var part in with.Partitions)
            if (before.In(part.Partition) < part.Offset)
                return part;
        throw new AuditException("the feed gave one position twice");
    }

    private static ApiException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "invalid_position", detail, "position");
}

/// <summary>A campaign, lived through up to a position.</summary>
/// <param name="Replay">What it came to.</param>
/// <param name="Last">The position of the last event included.</param>
/// <param name="Position">Its written form, the same as in the feed.</param>
/// <param name="BallotsSha256">The SHA-256 of the ballots' canonical form, 64 hexadecimal digits.</param>
public sealed record AuditedCampaign(CampaignReplay Replay, Position Last, string Position, string BallotsSha256);
