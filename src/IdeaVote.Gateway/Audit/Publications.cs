using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Leaderboard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Makes publications of ballots: one at a time, for each reads a whole feed and holds all its ballots, with a short queue. What makes one (a
/// secret of its own, and the signed statement with its position) is kept where the signing key is, so that it is the same at every
/// process and for ever; the files made last are kept on this machine's disk.
/// </summary>
/// <param name="store">Keeps what makes a publication.</param>
/// <param name="auditor">Lives through the campaign.</param>
/// <param name="key">Signs.</param>
/// <param name="positions">Reads the positions of those made before.</param>
/// <param name="time">The clock of votes.</param>
public sealed class Publications(
    IAccessStore store, CampaignAuditor auditor, SigningKey key, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time) : IDisposable
{
    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 16;

    private const int MaxKept = 4;

    private readonly SemaphoreSlim one = new(1);
    private readonly Lock gate = new();
    private readonly LinkedList<(CampaignId Campaign, PublicationFile File)> kept = [];
    private int waiting;

    /// <summary>A campaign's publication, which is made when it is first asked for.</summary>
    /// <exception cref="ApiException">404 <c>ballots_not_published</c>, 409 <c>voting_not_over</c>, 503 <c>overloaded</c>, 500 <c>feed_broken</c>.</exception>
    internal async Task<PublicationFile> GetAsync(CampaignView campaign, CancellationToken cancellation)
    {
        CheckMay(campaign);
        if (Find(campaign.Id) is { } known)
            return known;
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new ApiException(
                StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many wait for publications to be made. Send the same request again later.")
            { RetryAfterSeconds = 5 };
        }
        try
        {
            await one.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        try
        {
            return Find(campaign.Id) ?? Keep(campaign.Id, await MakeAsync(campaign, cancellation));
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Ends, and forgets the files.</summary>
    public void Dispose()
    {
        foreach (var (_, file) in kept)
            file.Dispose();
        one.Dispose();
    }

    private void CheckMay(CampaignView campaign)
    {
        if (campaign.State.Rules.Publication is null)
            throw new ApiException(StatusCodes.Status404NotFound, "ballots_not_published", "This campaign does not publish its ballots.");
        // Votes that were cast in time may still be on their way.
        var now = time.GetUtcNow();
        if (!(campaign.State.VotingOverSince(Instant.From(now)) <= Instant.From(now - AsOfPositions.Settled)))
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, "voting_not_over",
                $"Ballots are published {AsOfPositions.Settled.TotalSeconds:0} seconds after all voting has closed; ask again then.");
        }
    }

    private async Task<PublicationFile> MakeAsync(CampaignView campaign, CancellationToken cancellation)
    {
        AuditedCampaign? audited = null;
        if (await store.FindPublicationAsync(campaign.Id, cancellation) is not { } made)
        {
            audited = await auditor.ReplayAsync(campaign.Id, null, cancellation);
            var fresh = await SignAsync(campaign, audited, cancellation);
            made = await store.GetOrAddPublicationAsync(campaign.Id, fresh, CancellationToken.None);
            // Another process may have been first, at another position.
            audited = made.AsSpan().SequenceEqual(fresh) ? audited : null;
        }
        var lines = new PublishedBallots(made.AsMemory(0, PublishedBallots.SecretBytes));
        var statement = made.AsMemory(PublishedBallots.SecretBytes);
        var signed = SignedPublication.Read(statement.Span);
        audited ??= await auditor.ReplayAsync(campaign.Id, positions.Read(signed.Head.Position, "position"), cancellation);
        if (audited.BallotsSha256 != signed.Head.Ballots || lines.Sha256(signed.Head.Campaign, audited.Replay) != signed.Published)
        {
            throw new ApiException(
                StatusCodes.Status500InternalServerError, "feed_broken",
                "Nothing is published, because the journal does not hold the ballots that were published before. Restore the journal from a backup.");
        }
        return PublicationFile.Make(file => Write(file, lines, signed.Head.Campaign, audited.Replay, statement.Span));
    }

    private async Task<byte[]> SignAsync(CampaignView campaign, AuditedCampaign audited, CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetBytes(PublishedBallots.SecretBytes);
        var signer = await key.GetAsync(cancellation);
        var head = signer.Sign(campaign.Key, audited.Replay, audited.Position, audited.BallotsSha256, time.GetUtcNow());
        var statement = signer.Sign(
            head, new PublishedBallots(secret).Sha256(campaign.Key, audited.Replay), audited.Replay.Ballots.Recount(audited.Replay.Board),
            audited.Replay.Board.Voters, time.GetUtcNow());
        return [.. secret, .. JsonSerializer.SerializeToUtf8Bytes(new PublicationLine(statement), AuditJson.Default.PublicationLine)];
    }

    private static void Write(Stream file, PublishedBallots lines, string campaign, CampaignReplay replay, ReadOnlySpan<byte> statement)
    {
        const int PieceBytes = 32 * 1024;
        var piece = new ArrayBufferWriter<byte>(PieceBytes);
        foreach (var _ in lines.Write(piece, campaign, replay))
        {
            if (piece.WrittenCount < PieceBytes)
                continue;
            file.Write(piece.WrittenSpan);
            piece.ResetWrittenCount();
        }
        file.Write(piece.WrittenSpan);
        file.Write(statement);
        file.Write("\n"u8);
    }

    private PublicationFile? Find(CampaignId campaign)
    {
        lock (gate)
            return kept.FirstOrDefault(each => each.Campaign == campaign).File;
    }

    private PublicationFile Keep(CampaignId campaign, PublicationFile file)
    {
        lock (gate)
        {
            kept.AddFirst((campaign, file));
            // Not disposed of: somebody may be reading it.
            if (kept.Count > MaxKept)
                kept.RemoveLast();
        }
        return file;
    }
}
