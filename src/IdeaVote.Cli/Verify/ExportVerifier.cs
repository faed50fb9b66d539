using System.Text;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Verifies an exported feed line by line: its chains, what its events say, and the heads within it.</summary>
/// <param name="kept">A head that was kept apart from the file; null for none.</param>
/// <param name="checks">What is compared besides with what the events come to.</param>
internal sealed class ExportVerifier(KeptHead? kept, params IReadOnlyList<CountedCheck> checks)
{
    private string position = "";
    private bool endsWithHead;

    /// <summary>The campaign, lived through as far as it was read.</summary>
    public CampaignReplay Replay { get; } = new();

    /// <summary>The head in the file read last; null for none.</summary>
    public SignedHead? Head { get; private set; }

    /// <summary>The SHA-256 of the ballots at the end; set by <see cref="Finish"/>.</summary>
    public string Ballots { get; private set; } = "";

    /// <summary>Takes the next line.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="line">The line, without its end.</param>
    /// <exception cref="DisagreementException">It does not agree with those before it.</exception>
    public void Take(long number, ReadOnlySpan<byte> line)
    {
        try
        {
            if (endsWithHead = SignedHead.IsLine(line))
                TakeHead(SignedHead.Read(line));
            else if (EventLine.TryParse(line, out var parsed))
                TakeEvent(parsed);
            else
                throw new AuditException("it is not a line of a feed: it was changed or cut off");
        }
        catch (AuditException e)
        {
            throw DisagreementException.At(number, e.Message);
        }
    }

    /// <summary>Makes sure that the file's end is vouched for, and that ballots and counts agree.</summary>
    /// <exception cref="DisagreementException">They do not.</exception>
    public void Finish()
    {
        if (Replay.Events == 0)
            throw new DisagreementException("there is no event in it");
        try
        {
            Ballots = Replay.Ballots.Sha256();
            Replay.Ballots.Recount(Replay.Board);
            kept?.Finish(Replay);
        }
        catch (AuditException e)
        {
            throw new DisagreementException(e.Message);
        }
        if (kept is null && !endsWithHead)
        {
            throw new DisagreementException(
                "it does not end with a signed head, so nothing tells whether its end was cut off; export it again, or give a head that was kept with --head");
        }
    }

    private void TakeEvent(EventLine line)
    {
        var recorded = Replay.Apply(line.Partition, line.Body, line.Prev, line.Hash);
        if (!Encoding.ASCII.GetBytes(position).AsSpan().SequenceEqual(line.Position))
            position = Encoding.ASCII.GetString(line.Position);
        else
            throw new AuditException("it has the position of the line before it");
        kept?.Compare(Replay, line.Partition);
        foreach (var check in checks)
            check.After(recorded, Replay, position);
    }

    private void TakeHead(SignedHead head)
    {
        head.CheckSignature();
        if (Replay.Campaign?.ToString() != head.Id)
            throw new AuditException("it is the head of another campaign");
        if ((Head ?? kept?.Head) is { } other && (other.Kid != head.Kid || other.Campaign != head.Campaign))
            throw new AuditException("it is signed with another key, or names the campaign otherwise, than the head before it or the one given");
        KeptHead.CompareChains(head, Replay);
        if (head.Position != position)
            throw new AuditException("it is not the head at the position of the line before it");
        if (head.Ballots != Replay.Ballots.Sha256())
            throw new AuditException("the ballots it vouches for are not those that the events come to");
        Head = head;
    }
}
