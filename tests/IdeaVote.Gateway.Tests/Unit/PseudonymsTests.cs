using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

/// <summary>The golden values stand in every journal: if one of these fails, ids change, and old data is lost to its owners.</summary>
public sealed class PseudonymsTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly Pseudonyms pseudonyms = new(Secret);

    private CampaignId Campaign => pseudonyms.Campaign("budget-2026");

    [Fact]
    public void Ids_are_what_they_always_were()
    {
        Campaign.ToString().ShouldBe("ksgg75bp3c2cyccz093f");
        pseudonyms.Voter(Campaign, "anné").ToString().ShouldBe("mg828t2x2hm7j9j0faht");
        pseudonyms.Person("anné").ToString().ShouldBe("cv23peqxy8vfn7en923k");
        pseudonyms.IdeaOfReference(Campaign, "A/1").ToString().ShouldBe("a54mnf3ycx70zwh5bzgj");
        pseudonyms.IdeaOfRequest(Campaign, "caller", "key").ToString().ShouldBe("q6qv87qwrknaaqd3tfdf");
        pseudonyms.Tag(Campaign, "x").ToString().ShouldBe("h3k7dae4fxx65d3342xt");
        pseudonyms.Segment(Campaign, "x").ToString().ShouldBe("zk5yv99c2k7eszjw5d60");
        pseudonyms.Domain(Campaign, "x").ToString().ShouldBe("3bd1xve2mqe97794dbv0");
        pseudonyms.Command("a", "b", "c").ToString().ShouldBe("3ff1tzrh4k8m38ss7q4x");
    }

    [Fact]
    public void The_same_word_means_another_thing_in_each_place()
    {
        var other = pseudonyms.Campaign("other");
        Id[] all =
        [
            pseudonyms.Campaign("x").Value, pseudonyms.Person("x").Value,
            pseudonyms.Voter(Campaign, "x").Value, pseudonyms.Voter(other, "x").Value,
            pseudonyms.IdeaOfReference(Campaign, "x").Value, pseudonyms.IdeaOfRequest(Campaign, "x", "").Value,
            pseudonyms.Tag(Campaign, "x").Value, pseudonyms.Segment(Campaign, "x").Value, pseudonyms.Domain(Campaign, "x").Value,
            pseudonyms.Command("x", "", "").Value,
        ];

        all.ShouldBeUnique();
    }

    [Fact]
    public void Parts_do_not_run_into_each_other()
    {
        pseudonyms.Command("ab", "c", "").ShouldNotBe(pseudonyms.Command("a", "bc", ""));
        pseudonyms.Command("", "ab", "c").ShouldNotBe(pseudonyms.Command("ab", "", "c"));
        pseudonyms.IdeaOfRequest(Campaign, "a", "b").ShouldNotBe(pseudonyms.IdeaOfRequest(Campaign, "ab", ""));
    }

    [Fact]
    public void Another_secret_gives_other_ids() =>
        new Pseudonyms(new byte[32]).Campaign("budget-2026").ShouldNotBe(Campaign);

    [Fact]
    public void A_secret_of_another_length_is_refused() =>
        Should.Throw<ArgumentException>(() => new Pseudonyms(new byte[31]));

    [Fact]
    public void Names_longer_than_the_stack_allows_are_hashed_whole()
    {
        var name = new string('ü', 2_000);

        pseudonyms.Person(name + "1").ShouldNotBe(pseudonyms.Person(name + "2"));
        pseudonyms.Person(name + "1").ShouldBe(pseudonyms.Person(name + "1"));
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        var expected = Enumerable.Range(0, 500).Select(i => pseudonyms.Voter(Campaign, $"v{i}")).ToArray();

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < expected.Length; i++)
                pseudonyms.Voter(Campaign, $"v{i}").ShouldBe(expected[i]);
        });
    }

    [Fact]
    public void Random_ids_differ() => pseudonyms.RandomId().ShouldNotBe(pseudonyms.RandomId());
}
