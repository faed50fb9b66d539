using System.Buffers;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ballots;

/// <summary>
/// Makes commands of a campaign's ballot lines and sends them, one line after the other. Whoever sends lines here is trusted
/// to speak of voters. Not safe for concurrent use.
/// </summary>
internal sealed class BallotIntake
{
    private static readonly Refusal TooLong =
        new("line_too_long", $"A line is at most {LineSplitter.MaxLineBytes} bytes; this one was passed over.");

    private readonly IEngine engine;
    private readonly Func<CancellationToken, ValueTask<CampaignView>> newest;
    private readonly Electors electors;
    private readonly Pseudonyms pseudonyms;
    private readonly BallotParser parser;
    private readonly Dictionary<string, TermId> segments = new(StringComparer.Ordinal);
    private readonly Dictionary<VoterId, Task<Reply>> latest = [];
    private CampaignView campaign;

    /// <summary>Takes lines for a campaign.</summary>
    /// <param name="engine">Takes the commands.</param>
    /// <param name="electors">Finds the voters.</param>
    /// <param name="pseudonyms">Turns names into ids.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="newest">Reads the campaign anew: a long stream may outlive a rule.</param>
    public BallotIntake(
        IEngine engine, Electors electors, Pseudonyms pseudonyms, CampaignView campaign, Func<CancellationToken, ValueTask<CampaignView>> newest)
    {
        (this.engine, this.electors, this.pseudonyms, this.campaign, this.newest) = (engine, electors, pseudonyms, campaign, newest);
        parser = new BallotParser(new IdeaNames(reference => pseudonyms.IdeaOfReference(campaign.Id, reference)));
    }

    /// <summary>Looks at the campaign anew.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation) => campaign = await newest(cancellation);

    /// <summary>Takes the next line off the front of what has been received and reads it.</summary>
    /// <param name="lines">Cuts the lines.</param>
    /// <param name="received">What has been received and not taken; afterwards what is left of it.</param>
    /// <param name="isEnd">Whether nothing more will come.</param>
    /// <param name="number">The line's number as its result will carry it; 0 for an empty line, which has no result.</param>
    /// <param name="refusal">What is wrong with it; null if nothing is.</param>
    /// <param name="input">What it says.</param>
    /// <returns>False if no whole line is there.</returns>
    public bool TryTake(
        LineSplitter lines, ref ReadOnlySequence<byte> received, bool isEnd, out long number, out Refusal? refusal, out BallotInput input)
    {
        (number, refusal, input) = (0, null, default);
        var found = lines.TryTake(ref received, out var line);
        var isRest = false;
        if (found == LineSplitter.Found.Nothing)
        {
            isRest = isEnd && lines.TryTakeRest(ref received, out line);
            if (!isRest)
                return false;
        }
        if (found == LineSplitter.Found.TooLong)
        {
            (number, refusal) = (lines.Number, TooLong);
            return true;
        }
        if (line.IsEmpty)
            return true;

        refusal = parser.Read(line, CriterionKeys.Of(campaign), asLine: true, out input);
        number = input.Line ?? lines.Number;
        if (isRest && refusal is { Code: InputRefusals.MalformedJson })
            refusal = Incomplete();
        return true;
    }

    /// <summary>Sends what a line says.</summary>
    public async ValueTask<SentBallot> SendAsync(long number, BallotInput input, CancellationToken cancellation)
    {
        var elector = await electors.FindAsync(campaign, input.Voter!, input.Address, cancellation);
        // Where there is a roll, the roll knows; a segment that a line gives counts where the roll is silent.
        var segment = elector.Segment ?? (input.SegmentGiven ? new SegmentChange(SegmentOf(input.Segment)) : null);
        var votes = input.Votes! with { Credentials = elector.Credentials, Segment = segment };

        // Of two ballots of one voter the later line counts, so the second waits for the first.
        if (latest.TryGetValue(elector.Voter, out var earlier) && !earlier.IsCompleted)
            await earlier;
        var reply = engine.SendWhenRoomAsync(StreamId.Of(campaign.Id, elector.Voter), votes, CancellationToken.None).AsTask();
        Remember(elector.Voter, reply);
        return new SentBallot(number, null, elector.Voter, votes, reply);
    }

    /// <summary>What is wrong with a line whose end never came.</summary>
    public static Refusal Incomplete() =>
        new("incomplete_line", "The body ended in the middle of this line; nothing of it was counted. Send it again.");

    private TermId? SegmentOf(string? segment)
    {
        if (segment is null)
            return null;
        if (!segments.TryGetValue(segment, out var term))
        {
            term = pseudonyms.Segment(campaign.Id, segment);
            if (segments.Count < 10_000)
                segments.Add(segment, term);
        }
        return term;
    }

    private void Remember(VoterId voter, Task<Reply> reply)
    {
        if (latest.Count >= 4 * BallotStream.Window)
            foreach (var (known, task) in latest)
                if (task.IsCompleted)
                    latest.Remove(known);
        latest[voter] = reply;
    }
}
