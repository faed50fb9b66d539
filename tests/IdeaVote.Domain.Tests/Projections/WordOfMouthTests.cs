using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Projections;

/// <summary>Who brought whom, counted without circles, in whatever order the invitations arrive.</summary>
public sealed class WordOfMouthTests
{
    private const int People = 9;

    /// <summary>Some of the people came by somebody's invitation, at times of which some are equal; the order is that of arrival.</summary>
    private static readonly Arbitrary<Invitation[]> Feeds = Arb.From(
        from inviters in Gen.Choose(-3, People - 1).ArrayOf(People)
        from times in Gen.Choose(0, 6).ArrayOf(People)
        from voted in Gen.Elements(true, false).ArrayOf(People)
        from order in Gen.Shuffle(Enumerable.Range(0, People).ToArray())
        select order.Where(person => inviters[person] >= 0 && inviters[person] != person)
            .Select(person => new Invitation(Person(person), Person(inviters[person]), person % 2 == 0 ? Park : null, T(times[person]), voted[person] ? T(9) : null, true))
            .ToArray());

    [Fact]
    public void What_counts_equals_a_recount_one_after_the_other() =>
        Always((feed, folded) =>
        {
            var counted = new Dictionary<VoterId, VoterId>();
            foreach (var one in feed.OrderBy(one => one.At).ThenBy(one => one.Voter))
            {
                // Whoever was brought, however indirectly, by the one who comes is their inviter already.
                var at = one.By;
                while (at != one.Voter && counted.TryGetValue(at, out var next))
                    at = next;
                if (at != one.Voter)
                    counted.Add(one.Voter, one.By);
            }
            folded.Where(one => one.Counts).ToDictionary(one => one.Voter, one => one.By).ShouldBe(counted, ignoreOrder: true);
        });

    [Fact]
    public void Nobody_is_brought_twice_nor_by_themselves_however_indirectly() =>
        Always((_, folded) =>
        {
            var by = folded.Where(one => one.Counts).ToDictionary(one => one.Voter, one => one.By);
            foreach (var person in by.Keys)
            {
                var (at, steps) = (person, 0);
                for (; by.TryGetValue(at, out var next); steps++)
                {
                    steps.ShouldBeLessThan(People);
                    at = next;
                }
                new WordOfMouth(folded).GenerationOf(person).ShouldBe(steps);
            }
        });

    [Fact]
    public void Any_order_of_arrival_counts_the_same() =>
        Always((feed, folded) => Fold(feed.Reverse()).OrderBy(one => one.Voter).ShouldBe(folded.OrderBy(one => one.Voter)));

    [Fact]
    public void Sums_equal_a_recount() =>
        Always((_, folded) =>
        {
            var who = new WordOfMouth(folded);
            var counted = folded.Where(one => one.Counts).ToList();

            who.Total.ShouldBe(Sum(counted));
            who.Inviters.ToDictionary(inviter => inviter.Voter, inviter => inviter.Brought)
                .ShouldBe(counted.GroupBy(one => one.By).ToDictionary(group => group.Key, Sum), ignoreOrder: true);
            who.Ideas.ToDictionary(idea => idea.Idea, idea => idea.Brought)
                .ShouldBe(counted.Where(one => one.Idea is not null).GroupBy(one => one.Idea!.Value).ToDictionary(group => group.Key, Sum), ignoreOrder: true);
            who.Generations.ShouldBe(counted.GroupBy(one => who.GenerationOf(one.Voter)).OrderBy(group => group.Key).Select(Sum));
            var chain = who.LongestChain(100);
            chain.Length.ShouldBe(counted.Count == 0 ? 0 : who.Generations.Length + 1);
            for (var i = 1; i < chain.Length; i++)
                counted.ShouldContain(one => one.Voter == chain[i] && one.By == chain[i - 1]);
            who.LongestChain(2).ShouldBe(chain[^Math.Min(2, chain.Length)..]);
        });

    [Fact]
    public void Of_two_who_brought_each_other_the_later_invitation_does_not_count()
    {
        Invitation[] feed = [new(Ann, Bob, null, T(2), null, true), new(Bob, Ann, null, T(1), null, true)];

        Fold(feed).Single(one => one.Counts).Voter.ShouldBe(Bob);
    }

    [Fact]
    public void A_very_long_chain_is_counted()
    {
        var feed = Enumerable.Range(1, 20_000).Select(i => new Invitation(Person(i), Person(i - 1), null, T(i), null, true));

        new WordOfMouth(feed).Generations.Length.ShouldBe(20_000);
    }

    private static void Always(Action<Invitation[], IReadOnlyCollection<Invitation>> check) =>
        Prop.ForAll(Feeds, feed => check(feed, Fold(feed))).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true));

    private static Dictionary<VoterId, Invitation>.ValueCollection Fold(IEnumerable<Invitation> feed)
    {
        var all = new Dictionary<VoterId, Invitation>();
        foreach (var one in feed)
        {
            all.Add(one.Voter, one);
            if (InvitationCircle.Broken(one, voter => all.TryGetValue(voter, out var found) && found.Counts ? found : null) is { } broken)
                all[broken.Voter] = all[broken.Voter] with { Counts = false };
        }
        return all.Values;
    }

    private static Brought Sum(IEnumerable<Invitation> some) => new(some.Count(), some.Count(one => one.VotedAt is not null));

    private static VoterId Person(int number) => VoterOf($"person {number}");
}
