using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Audit;

/// <summary>Counts published ballots again, line by line, believing nothing: each line must be the very one that its content is written as.</summary>
public sealed class PublishedElection : IDisposable
{
    private static readonly TextRef NoText = new(new TextId(Id.FromBytes(new byte[16])), new string('0', 64));

    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> again = new();
    private readonly StandingBallots ballots = new();
    private readonly CanonicalBallots canonical;
    private readonly Recount count;
    private readonly HashSet<IdeaId> ideas = [];
    private CampaignId campaign;
    private VoterId? last;
    private long lines;

    /// <summary>Begins before the first line.</summary>
    public PublishedElection() => (canonical, count) = (new CanonicalBallots(ballots, isAnonymous: true), new Recount(ballots));

    /// <summary>The counts. Times and segments are not published: all votes are of one moment and of no segment.</summary>
    public Board Board { get; } = new();

    /// <summary>The campaign's key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>How many ballots there were.</summary>
    public long Voters { get; private set; }

    /// <summary>Whether this is the first line of a publication.</summary>
    public static bool IsBegin(ReadOnlySpan<byte> line) => line.StartsWith("{\"campaign\":"u8);

    /// <summary>Takes the next line that is not the statement.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="happened">What it stands for, told as events.</param>
    /// <exception cref="AuditException">It is not the line that should stand there; the message says why.</exception>
    public void Take(ReadOnlySpan<byte> line, Action<RecordedEvent> happened)
    {
        sha.AppendData(line);
        sha.AppendData("\n"u8);
        lines++;
        try
        {
            var reader = new Utf8JsonReader(line);
            var json = JsonElement.ParseValue(ref reader);
            if (lines == 1)
                (Key, campaign) = (json.GetProperty("campaign").GetString()!, new CampaignId(Id.Parse(json.GetProperty("id").GetString())));
            else if (lines == 2)
                TakeRules(line, happened);
            else if (json.TryGetProperty("idea", out var idea))
                TakeIdea(new IdeaId(Id.Parse(idea.GetString())), json, happened);
            else
                TakeBallot(line, json, happened);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new AuditException("it is not a line of a publication: it was changed or cut off");
        }
    }

    /// <summary>Compares with the statement at the end.</summary>
    /// <exception cref="AuditException">Something differs.</exception>
    public void Compare(SignedPublication statement)
    {
        statement.CheckSignature();
        if (statement.Head.Campaign != Key || statement.Head.Id != campaign.ToString())
            throw new AuditException("it is the statement of another campaign");
        if (statement.Voters != Voters)
            throw new AuditException($"the statement vouches for {statement.Voters} ballots, and there are {Voters} before it");
        if (statement.Tally != count.Sha256())
            throw new AuditException("the ballots do not count to the tally that the statement vouches for");
        count.Compare(Board);
        if (statement.Published != Convert.ToHexStringLower(sha.GetCurrentHash()))
            throw new AuditException("the statement vouches for other lines: something before it was changed, moved, left out or added");
    }

    /// <inheritdoc/>
    public void Dispose() => sha.Dispose();

    private void TakeRules(ReadOnlySpan<byte> line, Action<RecordedEvent> happened) => Apply(
        StreamId.Of(campaign), 1,
        new CampaignCreated(NoText, Preset.Continuous, EventReader.ReadRules(line), [new Stage(Allows.Submit | Allows.Vote, null)]), happened);

    private void TakeIdea(IdeaId idea, JsonElement json, Action<RecordedEvent> happened)
    {
        if (last is not null || !ideas.Add(idea))
            throw new AuditException($"idea {idea} stands there twice, or below the ballots");
        var submitted = new IdeaSubmitted(
            NoText, [.. json.GetProperty("tags").EnumerateArray().Select(static tag => new TermId(Id.Parse(tag.GetString())))],
            json.TryGetProperty("cost", out var cost) ? cost.GetDecimal() : null, [], (IdeaStatus)json.GetProperty("status").GetByte());
        Apply(StreamId.Of(campaign, idea), 1, submitted, happened);
    }

    private void TakeBallot(ReadOnlySpan<byte> line, JsonElement json, Action<RecordedEvent> happened)
    {
        var voter = new VoterId(Id.Parse(json.GetProperty("voter").GetString()));
        if (last is { } before && voter.CompareTo(before) <= 0)
            throw new AuditException("its pseudonym does not come after the one before it: a line was moved or stands there twice");
        last = voter;
        Voters++;
        var (version, votes) = (0L, 0);
        foreach (var vote in PublishedVotes.Of(json))
        {
            votes += vote is OrderChanged order ? order.New.Length : 1;
            var held = vote with { Held = votes };
            if (!PublishedVotes.IdeasOf(held).All(ideas.Contains))
                throw new AuditException("it speaks of an idea that is not listed");
            Apply(StreamId.Of(campaign, voter), ++version, held, happened);
        }
        again.ResetWrittenCount();
        canonical.Write(again, ballots.Of(voter));
        if (votes == 0 || !again.WrittenSpan[..^1].SequenceEqual(line))
            throw new AuditException("it is not written as a ballot is: it was changed");
        count.Add(ballots.Of(voter));
    }

    private void Apply(StreamId stream, long version, Event happened, Action<RecordedEvent> tell)
    {
        // Earlier lines are earlier: ideas were submitted in this order.
        var recorded = new RecordedEvent(stream, version, new Instant(lines), happened);
        try
        {
            ballots.Apply(recorded);
        }
        catch (AuditException)
        {
            throw new AuditException("it has two votes where there can be one");
        }
        Board.Apply(recorded);
        tell(recorded);
    }
}
