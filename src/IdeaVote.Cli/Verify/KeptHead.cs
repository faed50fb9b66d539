using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>A head that was kept apart from the export, of its end or of any position within it.</summary>
/// <param name="head">The head; its signature is right.</param>
internal sealed class KeptHead(SignedHead head)
{
    private int agreeing;

    /// <summary>The head.</summary>
    public SignedHead Head { get; } = head;

    /// <summary>Whether the ballots could be compared: of several partitions the file may never stand where the head does in all of them at once.</summary>
    public bool ComparedBallots { get; private set; }

    /// <summary>Compares after each event.</summary>
    /// <param name="replay">The campaign with the event.</param>
    /// <param name="partition">The event's partition.</param>
    /// <exception cref="AuditException">Where the head stands, something else happened.</exception>
    public void Compare(CampaignReplay replay, int partition)
    {
        if (replay.Events == 1 && replay.Campaign?.ToString() != Head.Id)
            throw new AuditException("the head given is of another campaign");
        if (Head.Heads.FirstOrDefault(part => part.Partition == partition) is not { } vouched || replay.EventsOf(partition) != vouched.Events)
            return;
        if (replay.Heads().Single(part => part.Partition == partition).Hash != vouched.Hash)
            throw new AuditException($"partition {partition} is vouched for up to here by the head given, with another hash: what comes before was changed and chained anew");
        agreeing++;
        if (replay.Events != Head.Events)
            return;
        ComparedBallots = true;
        if (replay.Ballots.Sha256() != Head.Ballots)
            throw new AuditException("the ballots that the head given vouches for are not those that the events up to here come to");
    }

    /// <summary>Makes sure that nothing the head speaks of is missing.</summary>
    /// <exception cref="AuditException">Something is.</exception>
    public void Finish(CampaignReplay replay)
    {
        if (agreeing == Head.Heads.Count)
            return;
        var missing = Head.Heads.First(part => replay.EventsOf(part.Partition) < part.Events);
        throw new AuditException(
            $"the head given vouches for {missing.Events} events of partition {missing.Partition}, and there are {replay.EventsOf(missing.Partition)}: the end was cut off");
    }

    /// <summary>Compares a head with where a campaign stands.</summary>
    /// <exception cref="AuditException">It is not the head of this.</exception>
    public static void CompareChains(SignedHead head, CampaignReplay replay)
    {
        var heads = replay.Heads();
        foreach (var part in heads.Select(part => part.Partition).Union(head.Heads.Select(part => part.Partition)).Order())
        {
            var vouched = head.Heads.FirstOrDefault(each => each.Partition == part);
            if (vouched?.Events != replay.EventsOf(part))
                throw new AuditException($"the head vouches for {vouched?.Events ?? 0} events of partition {part}, and there are {replay.EventsOf(part)} before it");
            if (vouched.Hash != heads.Single(each => each.Partition == part).Hash)
                throw new AuditException($"the head vouches for another hash of partition {part}: lines before it were changed and chained anew");
        }
    }
}
