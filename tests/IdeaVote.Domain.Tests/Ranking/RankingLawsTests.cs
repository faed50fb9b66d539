using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

/// <summary>What holds of every ranking that counts votes: more is better, nobody's name matters, and no idea's.</summary>
public sealed class RankingLawsTests
{
    private const int Ideas = 4;

    private static readonly Rules All = Plain with { Rank = new RankRule(Ideas), Duel = new DuelRule() };
    private static readonly RankBy[] Every = [.. Enum.GetValues<RankBy>().Except([RankBy.NeedsVotes, RankBy.Controversial])];

    /// <summary>A voter who approves, rates, invests in, puts first and prefers to all others one idea.</summary>
    private static readonly Arbitrary<int[]> Favourites = Arb.From(Gen.Choose(0, Ideas - 1).ArrayOf());

    [Fact]
    public void Another_fan_never_lowers_a_rank() =>
        Prop.ForAll(Favourites, favourites =>
        {
            var (before, after) = (With(favourites), With([.. favourites, 2]));
            foreach (var by in Every)
                RankOf(after, by, 2).ShouldBeLessThanOrEqualTo(RankOf(before, by, 2), $"by {by}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Voters_are_anonymous() =>
        Prop.ForAll(Favourites, favourites =>
        {
            var (board, turned) = (With(favourites), With([.. favourites.Reverse()]));
            foreach (var by in Every.Except([RankBy.Trending]))
                for (var idea = 0; idea < Ideas; idea++)
                    RankOf(turned, by, idea).ShouldBe(RankOf(board, by, idea), $"by {by}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ideas_are_treated_alike() =>
        Prop.ForAll(Favourites, favourites =>
        {
            // Each idea takes the next one's place.
            var (board, moved) = (With(favourites), With([.. favourites.Select(idea => (idea + 1) % Ideas)]));
            foreach (var by in Every)
                for (var idea = 0; idea < Ideas; idea++)
                    RankOf(moved, by, (idea + 1) % Ideas).ShouldBe(RankOf(board, by, idea), $"by {by}");
        }).QuickCheckThrowOnFailure();

    private static int RankOf(Board board, RankBy by, int idea)
    {
        var rows = Rankers.IsLocal(by) ? Leaderboard.Top(board, by, Ideas) : Leaderboard.Top(board, RankInput.Take(board, by)!.Work(), Ideas);
        return rows.Single(row => row.Idea.Ordinal == idea).Rank;
    }

    private static Board With(int[] favourites)
    {
        var board = new Board();
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, All, [Open])));
        for (var idea = 0; idea < Ideas; idea++)
            board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, IdeaOf($"{idea}")), 1, T(1), new IdeaSubmitted(Doc("idea"), [], null, [], IdeaStatus.Published)));
        for (var voter = 0; voter < favourites.Length; voter++)
        {
            var context = new FixedContext(T(voter + 2), CampaignWith(All, Open), _ => IdeaStatus.Published);
            var (state, stream) = (Voter.None, StreamId.Of(TheCampaign, VoterOf($"{voter}")));
            foreach (var command in Fan(favourites[voter]))
                foreach (var e in state.Decide(command, context).Events)
                {
                    var recorded = new RecordedEvent(stream, state.Version + 1, T(voter + 2), e);
                    state = (Voter)state.Apply(recorded);
                    board.Apply(recorded);
                }
        }
        return board;
    }

    private static IEnumerable<Command> Fan(int favourite)
    {
        var idea = IdeaOf($"{favourite}");
        yield return new CastApproval(idea, true);
        yield return new CastRating(idea, Scores.Of(5, 5));
        yield return new CastInvestment(idea, 50);
        yield return new SetOrder([idea]);
        foreach (var other in Enumerable.Range(0, Ideas).Where(other => other != favourite))
            yield return new CastDuel(idea, IdeaOf($"{other}"), idea);
    }
}
