using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Voters.Merging;

namespace IdeaVote.Domain.Tests.Properties;

/// <summary>Votes follow their ideas, nobody counts twice, and what is undone is as it was.</summary>
public sealed class MergeTests
{
    private static readonly Rules Everything = Plain with
    {
        Approve = new ApproveRule(null),
        Rate = new RateRule([1m]),
        Invest = new InvestRule(100, null, 60),
        Rank = new RankRule(5),
        Duel = new DuelRule(),
    };

    private static readonly IdeaId[] Five = [.. "abcde".Select(name => IdeaOf($"{name}"))];

    [Fact]
    public void Once_all_news_arrived_no_vote_stands_on_an_idea_that_is_part_of_another() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var idea in world.Board.Ideas.Where(idea => idea.Status == IdeaStatus.Merged && !IsInRing(world, idea.Id)))
            {
                (idea.Approvals, idea.Raters, idea.Investors, idea.Rankers).ShouldBe((0, 0, 0, 0), idea.Id.ToString());
                world.AllVoters.SelectMany(voter => voter.Ballot.Duels.Keys).ShouldNotContain(pair => pair.One == idea.Id || pair.Other == idea.Id);
            }
        });

    [Fact]
    public void Once_all_news_arrived_votes_follow_what_is_so_and_nothing_else() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var link in world.AllVoters.SelectMany(voter => voter.Merged.Links))
            {
                var idea = (Idea)world.State(StreamId.Of(TheCampaign, link.From));
                (idea.MergedInto, idea.Version >= link.Cause).ShouldBe((link.Into, true), link.ToString());
            }
        });

    [Fact]
    public void What_the_voter_keeps_says_of_every_merged_idea_what_the_ballot_says() =>
        WorldProperty.Always(world =>
        {
            foreach (var voter in world.AllVoters)
            {
                var known = voter.Merged.Refresh(voter.Ballot);
                Show(known.Refresh(voter.Ballot).Cast).ShouldBe(Show(known.Cast));
                known.Credits.Values.Any(credits => credits < 0).ShouldBeFalse();
                voter.Merged.Links.Select(link => link.From).ShouldBeUnique();
                voter.Merged.Links.Any(link => voter.Merged.RootOf(link.From) == link.From).ShouldBeFalse();
            }
        });

    [Fact]
    public void Whatever_is_merged_and_undone_in_whatever_order_leaves_the_ballot_as_it_was() =>
        Prop.ForAll(Arb.From(Courses), course =>
        {
            var scenario = Five.Aggregate(A.Voter.Under(Everything), (start, idea) => start.While(idea, IdeaStatus.Published)).At(T(1)).After(course.Ballot).At(T(2));
            var before = ((Voter)scenario.State).Ballot;
            var cause = 1;
            foreach (var (idea, into) in course.Merges)
                scenario = scenario.After(new FollowMerge(Five[idea], Five[into], ++cause));
            scenario = scenario.After(new DescribeVoter(new SegmentChange(North), null));
            ((Voter)scenario.State).Ballot.SpentCredits.ShouldBeLessThanOrEqualTo(before.SpentCredits);
            foreach (var idea in course.Undone)
                scenario = scenario.After(new FollowMerge(Five[idea], null, ++cause));

            ((Voter)scenario.State).Merged.ShouldBe(MergedVotes.None);
            Show(((Voter)scenario.State).Ballot).ShouldBe(Show(before));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static readonly Gen<int> Idea = Gen.Choose(0, 4);

    private static readonly Gen<Course> Courses =
        from approvals in Idea.ListOf()
        from ratings in Idea.Zip(Gen.Choose(1, 5)).ListOf()
        from investments in Idea.Zip(Gen.Choose(1, 20)).ListOf()
        from order in Gen.Shuffle(Enumerable.Range(0, 5).ToArray())
        from length in Gen.Choose(0, 5)
        from duels in Idea.Zip(Idea).ListOf()
        from merges in Idea.Zip(Idea).ListOf(6)
        from undone in Gen.Shuffle(Enumerable.Range(0, 5).ToArray())
        select new Course(
            new SetBallot(
                [.. approvals.Select(idea => Five[idea])],
                [.. ratings.Select(r => KeyValuePair.Create(Five[r.Item1], Scores.Of(r.Item2)))],
                [.. investments.Select(i => KeyValuePair.Create(Five[i.Item1], i.Item2))])
            {
                Order = [.. order.Take(length).Select(idea => Five[idea])],
                Duels = [.. duels.Where(d => d.Item1 != d.Item2).Select(d => new DuelVote(Five[d.Item1], Five[d.Item2]))],
            },
            [.. merges.Where(m => m.Item1 != m.Item2)], undone);

    private static bool IsInRing(SmallWorld world, IdeaId idea)
    {
        IdeaId? next = idea;
        for (var hops = 0; hops < SmallWorld.Ideas + 1 && next is { } at; hops++)
            next = world.Board.Find(at)?.MergedInto;
        return next is not null;
    }

    /// <summary>All that a ballot says; the versions of investments are told anew by every change.</summary>
    private static string Show(Ballot ballot) => string.Join(
        '\n',
        string.Join(' ', ballot.Approvals.Select(a => $"{a.Key}@{a.Value.UnixMilliseconds}")),
        string.Join(' ', ballot.Ratings.Select(r => $"{r.Key}={r.Value}")),
        string.Join(' ', ballot.Investments.Select(i => $"{i.Key}={i.Value.Credits}@{i.Value.First.UnixMilliseconds}")),
        string.Join(' ', ballot.Order.Ideas) + ballot.Order.First.UnixMilliseconds,
        string.Join(' ', ballot.Duels.Select(d => $"{d.Key}={d.Value}")),
        ballot.SpentCredits);

    private sealed record Course(SetBallot Ballot, (int Idea, int Into)[] Merges, int[] Undone);
}
