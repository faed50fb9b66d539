using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.World;

/// <summary>Random courses of events, and how to shorten one that fails.</summary>
public static class Scripts
{
    private static readonly Gen<int> Number = Gen.Choose(0, 11);

    private static readonly Gen<Rules> Rules =
        from approve in Gen.Elements<ApproveRule?>(null, new ApproveRule(null), new ApproveRule(1), new ApproveRule(2))
        from rate in Gen.Elements<RateRule?>(null, new RateRule([1m]), new RateRule([1m, 2.5m]))
        from invest in Gen.Elements<InvestRule?>(
            null, new InvestRule(10, null, null), new InvestRule(10, 2, 6), new InvestRule(15, 2, 6), new InvestRule(30, null, null) { Cost = CreditCost.Quadratic }, new InvestRule(30, null, 20))
        from change in Often(true, false)
        from who in Often(WhoMayVote.Anyone, WhoMayVote.Confirmed, WhoMayVote.Roll)
        from moderated in Often(false, true)
        from rank in Gen.Elements<RankRule?>(null, new RankRule(2), new RankRule(2), new RankRule(3))
        from duel in Gen.Elements<DuelRule?>(null, new DuelRule())
        select new Rules(approve, rate, invest, change, false, null, who, [], moderated) { Rank = rank, Duel = duel };

    private static readonly Gen<Manner> Manner =
        from attempt in Rarely(Gen.Choose(0, 5))
        from seen in Rarely(Gen.Choose(0, 1))
        from segment in Rarely(Gen.Choose(0, 2))
        from trusted in Often(true, false)
        select new Manner(attempt, seen, segment, trusted);

    private static readonly Gen<Step> Invest =
        from voter in Number
        from idea in Number
        from credits in Gen.Choose(-1, 12)
        from manner in Manner
        select (Step)new Invests(voter, idea, credits, manner);

    private static readonly Gen<Step> Vote = Gen.OneOf(
        Invest,
        from voter in Number
        from idea in Number
        from approve in Often(true, false)
        from manner in Manner
        select (Step)new Approves(voter, idea, approve, manner),
        from voter in Number
        from idea in Number
        from stars in Gen.Choose(0, 5).ArrayOf(2)
        from manner in Manner
        select (Step)new Rates(voter, idea, [.. stars], manner),
        from voter in Number
        from ideas in Few(Number)
        from manner in Manner
        select (Step)new Ranks(voter, [.. ideas], manner),
        from voter in Number
        from one in Number
        from other in Number
        from winner in Gen.Choose(0, 2)
        from manner in Manner
        select (Step)new Duels(voter, one, other, winner, manner),
        from voter in Number
        from approvals in Few(Number)
        from ratings in Few(Number.Zip(Gen.Choose(0, 5)))
        from investments in Few(Number.Zip(Gen.Choose(0, 7)))
        from order in Few(Number)
        from decided in Few(Number.Zip(Number))
        from manner in Manner
        select (Step)new Fills(
            voter, [.. approvals], [.. ratings.Select(r => (r.Item1, r.Item2))], [.. investments.Select(i => (i.Item1, i.Item2))],
            [.. order.Distinct()], [.. decided.Select(d => (d.Item1, d.Item2)).Where(d => d.Item1 % SmallWorld.Ideas != d.Item2 % SmallWorld.Ideas)], manner),
        from voter in Number
        from segment in Rarely(Gen.Choose(0, 2))
        from attributes in Gen.Elements<string?>(null, "", "a", "b")
        select (Step)new Describes(voter, segment, attributes));

    private static readonly Gen<Step> Manage = Gen.OneOf(
        from idea in Number
        from status in Gen.Elements(Enum.GetValues<IdeaStatus>())
        from answer in Gen.Elements<string?>(null, null, "yes", "no")
        select (Step)new SetsStatus(idea, status, answer),
        from idea in Number
        from status in Gen.Elements(IdeaStatus.Published, IdeaStatus.Withdrawn, IdeaStatus.Declined)
        select (Step)new SetsStatus(idea, status, null),
        from idea in Number
        from target in Number
        select (Step)new MergesIdea(idea, target),
        from idea in Number
        from target in Number
        select (Step)new MergesIdea(idea, target),
        from idea in Number
        select (Step)new UnmergesIdea(idea),
        from idea in Number
        from author in Rarely(Number)
        select (Step)new Submits(idea, author),
        from idea in Number
        from text in Gen.Elements("a", "b")
        from cost in Rarely(Gen.Choose(0, 3))
        from editor in Gen.OneOf(Gen.Constant((int?)idea), Rarely(Number))
        select (Step)new Edits(idea, text, cost, editor),
        from idea in Number
        from text in Gen.Elements("a", "b", "yes", "no")
        select (Step)new Erases(idea, text),
        from rules in Rules
        select (Step)new ChangesRules(rules),
        from stage in Often(1, 0, 2, 3, 4, 9)
        select (Step)new EntersStage(stage));

    private static readonly Gen<Step> Arrival =
        from message in Gen.OneOf(Gen.Choose(0, 2), Gen.Choose(0, 50))
        select (Step)new Arrives(message);

    private static readonly Gen<Step> Nature = Gen.Frequency(
        (2, from s in Gen.Choose(1, 120) from wakes in Often(false, true) select (Step)new Passes(s, wakes)),
        (4, from idea in Number select (Step)new HearsOf(idea)),
        (4, from events in Gen.Choose(1, 30) select (Step)new Folds(events)),
        (1, Gen.Constant((Step)new LosesIndex())),
        (5, Arrival));

    // By chance alone this would be rare: a refund on its way while the voter, who has not heard, invests anew.
    private static readonly Gen<Step[]> Crossing =
        from first in Invest
        from status in Gen.Elements(IdeaStatus.Withdrawn, IdeaStatus.Declined)
        from credits in Gen.Choose(1, 6)
        from arrivals in Few(Arrival)
        let invests = (Invests)first
        select (Step[])
        [
            invests, new SetsStatus(invests.Idea, status, null), new Folds(200), invests with { Credits = credits }, .. arrivals,
            new SetsStatus(invests.Idea, IdeaStatus.Published, null),
        ];

    // The same for merges: undone, made anew with another idea, and voted on in between.
    private static readonly Gen<Step[]> Regrouping =
        from votes in Vote.ArrayOf(4)
        from idea in Number
        from target in Number
        from other in Number
        from arrivals in Few(Arrival)
        from late in Vote
        select (Step[])
        [
            .. votes, new MergesIdea(idea, target), new Folds(200), .. arrivals, late, new UnmergesIdea(idea), new Folds(200), .. arrivals,
            new MergesIdea(idea, other), late, .. arrivals,
        ];

    /// <summary>Courses of up to some 60 steps.</summary>
    public static Arbitrary<Script> Any { get; } = Arb.From(
        from rules in Rules
        from length in Gen.Choose(5, 60)
        from steps in Gen.Frequency((18, One(Vote)), (6, One(Invest)), (9, One(Manage)), (12, One(Nature)), (1, Crossing), (1, Regrouping)).ArrayOf(length)
        select new Script(rules, [.. steps.SelectMany(some => some)]),
        Shorten);

    private static Gen<Step[]> One(Gen<Step> step) => step.Select(one => new[] { one });

    private static Gen<T> Often<T>(T often, params T[] rarely) => Gen.Frequency((6, Gen.Constant(often)), (1, Gen.Elements(rarely)));

    private static Gen<int?> Rarely(Gen<int> number) => Gen.Frequency((4, Gen.Constant((int?)null)), (1, number.Select(n => (int?)n)));

    private static Gen<T[]> Few<T>(Gen<T> one) => Gen.Choose(0, 3).SelectMany(one.ArrayOf);

    private static IEnumerable<Script> Shorten(Script script)
    {
        for (var gap = script.Steps.Length; gap > 0; gap /= 2)
            for (var at = 0; at < script.Steps.Length; at += gap)
                yield return script with { Steps = script.Steps.RemoveRange(at, Math.Min(gap, script.Steps.Length - at)) };
    }
}
