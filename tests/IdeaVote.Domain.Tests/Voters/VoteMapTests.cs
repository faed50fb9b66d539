using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Voters;

/// <summary>The map of votes does what a sorted dictionary does, and leaves its earlier selves alone.</summary>
public sealed class VoteMapTests
{
    // A few hundred ideas and many changes, so that runs split, shrink and vanish.
    private static readonly IdeaId[] Ideas = [.. Enumerable.Range(0, 300).Select(i => IdeaOf($"{i}"))];

    private static readonly Arbitrary<(int Idea, bool Set)[]> Changes =
        (from bias in Gen.Choose(1, 9)
         from length in Gen.Choose(0, 900)
         from changes in Gen.Choose(0, Ideas.Length - 1).Zip(Gen.Choose(0, 9).Select(n => n < bias)).ArrayOf(length)
         select changes.Select(c => (c.Item1, c.Item2)).ToArray()).ToArbitrary();

    [Fact]
    public void It_does_what_a_sorted_dictionary_does() =>
        Prop.ForAll(Changes, changes =>
        {
            var (map, model) = (VoteMap<Instant>.Empty, new SortedDictionary<IdeaId, Instant>());
            for (var i = 0; i < changes.Length; i++)
            {
                var idea = Ideas[changes[i].Idea];
                map = changes[i].Set ? map.SetItem(idea, T(i)) : map.Remove(idea);
                if (changes[i].Set)
                    model[idea] = T(i);
                else
                    model.Remove(idea);
                map.Count.ShouldBe(model.Count);
            }
            map.SequenceEqual(model).ShouldBeTrue();
            map.Keys.ToArray().ShouldBe(model.Keys.ToArray());
            Ideas.All(idea => map.TryGetValue(idea, out var vote) == model.TryGetValue(idea, out var expected) && vote == expected).ShouldBeTrue();
            Ideas.All(idea => map.ContainsKey(idea) == model.ContainsKey(idea)).ShouldBeTrue();
            VoteMap<Instant>.FromOrdered([.. model]).SequenceEqual(model).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_leaves_the_map_it_came_from_as_it_was()
    {
        var before = Ideas.Aggregate(VoteMap<Instant>.Empty, (map, idea) => map.SetItem(idea, T(1)));

        var after = Ideas.Aggregate(before, (map, idea) => map.SetItem(idea, T(2)));
        after = Ideas.Skip(10).Aggregate(after, (map, idea) => map.Remove(idea));

        before.Count.ShouldBe(Ideas.Length);
        before.All(vote => vote.Value == T(1)).ShouldBeTrue();
        after.Count.ShouldBe(10);
        after.All(vote => vote.Value == T(2)).ShouldBeTrue();
    }

    [Fact]
    public void Taking_out_what_is_not_there_changes_nothing()
    {
        var map = VoteMap<Instant>.Empty.SetItem(Park, T(1));

        map.Remove(Bench).ShouldBeSameAs(map);
        map.Remove(Park).ShouldBeSameAs(VoteMap<Instant>.Empty);
        VoteMap<Instant>.Empty.Remove(Park).ShouldBeSameAs(VoteMap<Instant>.Empty);
    }

    [Fact]
    public void A_vote_that_is_not_there_can_not_be_read()
    {
        VoteMap<Instant>.Empty.SetItem(Park, T(1))[Park].ShouldBe(T(1));
        Should.Throw<KeyNotFoundException>(() => VoteMap<Instant>.Empty.SetItem(Park, T(1))[Bench]);
    }

    [Fact]
    public void Votes_out_of_order_or_doubled_make_no_map()
    {
        var ordered = Ideas.Order().Select(idea => KeyValuePair.Create(idea, T(1))).ToArray();

        Should.Throw<ArgumentException>(() => VoteMap<Instant>.FromOrdered([ordered[1], ordered[0]]));
        Should.Throw<ArgumentException>(() => VoteMap<Instant>.FromOrdered([ordered[0], ordered[0]]));
        VoteMap<Instant>.FromOrdered([]).ShouldBeSameAs(VoteMap<Instant>.Empty);
    }
}
