using System.IO.Pipelines;
using System.Text;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

/// <summary>The frozen form of ballots as CSV.</summary>
public sealed class BallotRowsTests : IDisposable
{
    private readonly Pseudonyms pseudonyms = new(new byte[32]);
    private readonly StandingBallots ballots = new();
    private readonly Dictionary<IdeaId, string> references = [];
    private readonly Dictionary<VoterId, long> versions = [];

    private CampaignId Campaign => pseudonyms.Campaign("town");

    public void Dispose() => pseudonyms.Dispose();

    [Fact]
    public async Task Each_vote_is_a_row_and_says_what_its_method_has_to_say()
    {
        var (park, bench) = (Idea("park"), Idea("bench"));
        var pair = Pair.Of(park, bench);
        var north = new TermId(pseudonyms.RandomId());
        Cast("ann", new SegmentChanged(null, north));
        Cast("ann", new OrderChanged([], [park, bench], north, At(4), 2));
        Cast("ann", new DuelChanged(pair.One, pair.Other, Winner.None, Winner.Other, north, At(5), 3));
        Cast("ann", new InvestmentChanged(park, 0, 1_000_000_000, north, At(3), 4));
        Cast("ann", new RatingChanged(park, Scores.None, Scores.Of(5, 0, 2), north, At(2), 5));
        Cast("ann", new ApprovalChanged(park, false, true, north, At(1), 6));

        var voter = pseudonyms.Voter(Campaign, "ann");
        (await CsvAsync()).ShouldBe($"""
            voter,idea,reference,method,value,segment,first
            {voter},{park},park,approve,1,{north},2026-03-01T12:00:00.001Z
            {voter},{park},park,rate,5|0|2,{north},2026-03-01T12:00:00.002Z
            {voter},{park},park,invest,1000000000,{north},2026-03-01T12:00:00.003Z
            {voter},{park},park,rank,1,{north},2026-03-01T12:00:00.004Z
            {voter},{bench},bench,rank,2,{north},2026-03-01T12:00:00.004Z
            {voter},{pair.Other},{references[pair.Other]},duel,{pair.One},{north},2026-03-01T12:00:00.005Z

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Voters_come_in_the_order_of_their_ids_and_what_ideas_are_called_is_only_text()
    {
        var (formula, quoted, nameless) = (Idea("=1+1"), Idea("a \"b\", c"), Idea(null));
        foreach (var (name, idea) in new[] { ("ann", formula), ("bob", quoted), ("cleo", nameless) })
            Cast(name, new ApprovalChanged(idea, false, true, null, At(1), 1));

        var expected = new[] { ("ann", formula, "'=1+1"), ("bob", quoted, "\"a \"\"b\"\", c\""), ("cleo", nameless, "") }
            .Select(row => $"{pseudonyms.Voter(Campaign, row.Item1)},{row.Item2},{row.Item3},approve,1,,2026-03-01T12:00:00.001Z\n")
            .Order(StringComparer.Ordinal);
        (await CsvAsync()).ShouldBe("voter,idea,reference,method,value,segment,first\n" + string.Concat(expected));
    }

    private async Task<string> CsvAsync()
    {
        using var file = new MemoryStream();
        var output = PipeWriter.Create(file);
        await BallotFile.WriteCsvAsync(output, ballots, references, default);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private IdeaId Idea(string? reference)
    {
        var idea = new IdeaId(pseudonyms.RandomId());
        if (reference is not null)
            references.Add(idea, reference);
        var text = new TextRef(new TextId(pseudonyms.RandomId()), new string('0', 64));
        ballots.Apply(new RecordedEvent(StreamId.Of(Campaign, idea), 1, At(0), new IdeaSubmitted(text, [], null, [], IdeaStatus.Published)));
        return idea;
    }

    private void Cast(string name, Event change)
    {
        var voter = pseudonyms.Voter(Campaign, name);
        var version = versions[voter] = versions.GetValueOrDefault(voter) + 1;
        ballots.Apply(new RecordedEvent(StreamId.Of(Campaign, voter), version, At(0), change));
    }

    private static Instant At(int milliseconds) => Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, milliseconds, TimeSpan.Zero));
}
