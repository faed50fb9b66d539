using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Voters;

public sealed class VoteMapTests
{
    [Fact]
    public void It_is_a_sorted_dictionary_under_any_changes()
    {
        // Few ideas, so that removals and replacements hit; many changes, so that runs split and vanish.
        var change = Gen.Choose(0, 299).SelectMany(idea => Gen.Choose(-1, 5).Select(credits => (Idea: idea, Credits: credits)));
        Prop.ForAll(Arb.From(Gen.Sized(size => change.ListOf(size * 8))), changes =>
        {
            var map = VoteMap<IdeaId, int>.Empty;
            var model = new SortedDictionary<IdeaId, int>();
            foreach (var (idea, credits) in changes)
            {
                var before = map.ToList();
                var next = credits < 0 ? map.Remove(Idea(idea)) : map.SetItem(Idea(idea), credits);
                map.SequenceEqual(before).ShouldBeTrue("a change must leave the old map as it was");
                map = next;
                if (credits < 0)
                    model.Remove(Idea(idea));
                else
                    model[Idea(idea)] = credits;
            }
            map.ToList().ShouldBe(model.ToList());
            map.Count.ShouldBe(model.Count);
            for (var idea = 0; idea < 300; idea++)
            {
                map.ContainsKey(Idea(idea)).ShouldBe(model.ContainsKey(Idea(idea)));
                if (model.TryGetValue(Idea(idea), out var credits))
                    map[Idea(idea)].ShouldBe(credits);
            }
            VoteMap<IdeaId, int>.FromOrdered([.. model]).ToList().ShouldBe(map.ToList());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Votes_out_of_order_or_twice_are_not_taken()
    {
        var ordered = Enumerable.Range(0, 3).Select(i => KeyValuePair.Create(Idea(i), i)).OrderBy(v => v.Key).ToList();
        Should.Throw<ArgumentException>(() => VoteMap<IdeaId, int>.FromOrdered([ordered[1], ordered[0]]));
        Should.Throw<ArgumentException>(() => VoteMap<IdeaId, int>.FromOrdered([ordered[0], ordered[0]]));
    }

    [Fact]
    public void Taking_out_what_is_not_there_changes_nothing()
    {
        var map = VoteMap<IdeaId, int>.Empty.SetItem(Park, 1);

        map.Remove(Bench).ShouldBeSameAs(map);
        map.Remove(Park).ShouldBeSameAs(VoteMap<IdeaId, int>.Empty);
        VoteMap<IdeaId, int>.Empty.Remove(Park).ShouldBeSameAs(VoteMap<IdeaId, int>.Empty);
        VoteMap<IdeaId, int>.FromOrdered([]).ShouldBeSameAs(VoteMap<IdeaId, int>.Empty);
    }

    [Fact]
    public void A_vote_that_is_not_there_can_not_be_read()
    {
        var map = VoteMap<IdeaId, int>.Empty.SetItem(Park, 1);

        map[Park].ShouldBe(1);
        map.TryGetValue(Bench, out _).ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => map[Bench]);
    }

    private static IdeaId Idea(int number)
    {
        var bytes = new byte[Id.ByteLength];
        BitConverter.TryWriteBytes(bytes, number * 2_654_435_761u);
        return new IdeaId(Id.FromBytes(bytes));
    }
}
