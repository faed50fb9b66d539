using System.Text.Json.Nodes;

namespace IdeaVote.Engine.Tests.Audit;

/// <summary>Voters who change their ballots by all methods, again and again, and the ballots kept as the domain keeps them.</summary>
internal sealed class BallotHistory
{
    private const int Voters = 6;
    private const int MaxLength = 12;

    private readonly Random random;
    private readonly IdeaId[] ideas;
    private readonly SortedDictionary<VoterId, (Ballot Ballot, long Version, TermId? Segment)> states = [];

    /// <summary>Makes a history.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="ideas">How many ideas there are, 2 or more.</param>
    /// <param name="changes">How many events of voters there are.</param>
    public BallotHistory(int seed, int ideas, int changes)
    {
        random = new Random(seed);
        this.ideas = [.. Enumerable.Range(0, ideas).Select(n => new IdeaId(IdOf($"idea {n}")))];
        foreach (var idea in this.ideas)
            Events.Add(new RecordedEvent(StreamId.Of(TheCampaign, idea), 1, T(0), new IdeaSubmitted(Doc("idea"), [], null, [], IdeaStatus.Published)));
        for (var at = 1; at <= changes; at++)
            Change(new VoterId(IdOf($"voter {random.Next(Voters)}")), T(at));
    }

    public List<RecordedEvent> Events { get; } = [];

    public int Votes => states.Values.Sum(state => state.Ballot.Held);

    /// <summary>The canonical form, written once more and without haste.</summary>
    public string Lines() => string.Concat(states.Where(state => state.Value.Ballot.Held > 0).Select(state => Line(state.Key, state.Value.Ballot, state.Value.Segment) + "\n"));

    private void Change(VoterId voter, Instant at)
    {
        var (ballot, version, segment) = states.GetValueOrDefault(voter, (Ballot.Empty, 0, null));
        version++;
        Event change = random.Next(10) == 0 ? new SegmentChanged(segment, segment is null || random.Next(3) > 0 ? Pick(North, South) : null) : Vote(ballot, segment, at);
        if (change is BallotEvent vote)
        {
            ballot = ballot.Apply(vote, version);
            change = vote with { Held = ballot.Held };
        }
        else
        {
            segment = ((SegmentChanged)change).New;
        }
        states[voter] = (ballot, version, segment);
        Events.Add(new RecordedEvent(StreamId.Of(TheCampaign, voter), version, at, change));
    }

    private BallotEvent Vote(Ballot ballot, TermId? segment, Instant at)
    {
        var idea = Pick(ideas);
        var isTaken = random.Next(3) == 0;
        switch (random.Next(5))
        {
            case 0:
                var was = ballot.Approvals.TryGetValue(idea, out var since);
                return new ApprovalChanged(idea, was, !isTaken, segment, was ? since : at, 0);
            case 1:
                var rated = ballot.Ratings.TryGetValue(idea, out var rating);
                var scores = isTaken ? Scores.None : Scores.Of([.. Enumerable.Range(0, random.Next(1, Scores.MaxCriteria)).Select(_ => random.Next(6)), random.Next(1, 6)]);
                return new RatingChanged(idea, rating.Scores, scores, segment, rated ? rating.First : at, 0);
            case 2:
                var invested = ballot.Investments.TryGetValue(idea, out var investment);
                return new InvestmentChanged(idea, investment.Credits, isTaken ? 0 : random.Next(1, int.MaxValue), segment, invested ? investment.First : at, 0);
            case 3:
                var pair = Pair.Of(idea, Pick([.. ideas.Where(other => other != idea)]));
                var decided = ballot.Duels.TryGetValue(pair, out var duel);
                return new DuelChanged(pair.One, pair.Other, duel.Winner, isTaken ? Winner.None : Pick(Winner.One, Winner.Other), segment, decided ? duel.First : at, 0);
            default:
                var order = isTaken ? [] : ideas.OrderBy(_ => random.Next()).Take(random.Next(1, MaxLength)).ToArray();
                return new OrderChanged(ballot.Order.Ideas, [.. order], segment, ballot.Order.Ideas.IsEmpty ? at : ballot.Order.First, 0);
        }
    }

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];

    private static string Line(VoterId voter, Ballot ballot, TermId? segment)
    {
        var line = new JsonObject { ["voter"] = $"{voter}" };
        if (segment is not null)
            line["segment"] = $"{segment}";
        if (ballot.Approvals.Count > 0)
            line["approve"] = new JsonArray([.. ballot.Approvals.Select(vote => new JsonObject { ["idea"] = $"{vote.Key}", ["first"] = vote.Value.UnixMilliseconds })]);
        if (ballot.Ratings.Count > 0)
        {
            line["rate"] = new JsonArray([.. ballot.Ratings.Select(vote => new JsonObject
            {
                ["idea"] = $"{vote.Key}",
                ["scores"] = new JsonArray([.. Enumerable.Range(0, vote.Value.Scores.Length).Select(criterion => (JsonNode)vote.Value.Scores[criterion])]),
                ["first"] = vote.Value.First.UnixMilliseconds,
            })]);
        }
        if (ballot.Investments.Count > 0)
            line["invest"] = new JsonArray([.. ballot.Investments.Select(vote => new JsonObject { ["idea"] = $"{vote.Key}", ["credits"] = vote.Value.Credits, ["first"] = vote.Value.First.UnixMilliseconds })]);
        if (!ballot.Order.Ideas.IsEmpty)
            line["order"] = new JsonObject { ["ideas"] = new JsonArray([.. ballot.Order.Ideas.Select(idea => (JsonNode)$"{idea}")]), ["first"] = ballot.Order.First.UnixMilliseconds };
        if (ballot.Duels.Count > 0)
        {
            line["duels"] = new JsonArray([.. ballot.Duels.Select(vote => new JsonObject
            {
                ["one"] = $"{vote.Key.One}",
                ["other"] = $"{vote.Key.Other}",
                ["winner"] = (int)vote.Value.Winner,
                ["first"] = vote.Value.First.UnixMilliseconds,
            })]);
        }
        return line.ToJsonString();
    }
}
