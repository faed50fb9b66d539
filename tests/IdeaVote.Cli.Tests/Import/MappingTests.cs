using IdeaVote.Cli.Import;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Import;

public sealed class MappingTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly10!", 10, "exactly10!")]
    [InlineData("one too long", 11, "one too lo…")]
    [InlineData("cut at blank", 8, "cut at…")]
    [InlineData("  two\r\nlines\tand   blanks ", 40, "two lines and blanks")]
    [InlineData(" kept   as it is ", 40, "kept   as it is")]
    [InlineData("12345😀7", 7, "12345…")]
    [InlineData("\u001b[31mred", 40, "[31mred")]
    public void Text_is_one_line_and_its_cut_is_visible(string text, int limit, string expected) =>
        Shorten.ToLine(text, limit).ShouldBe(expected);

    [Theory]
    [InlineData("/data/Poland_Warszawa 2017 (Koło).pb", "poland-warszawa-2017-ko-o")]
    [InlineData("__a.b.pb", "a-b")]
    [InlineData("漢.pb", "")]
    public void A_key_comes_from_the_files_name(string path, string key) => CampaignKey.FromFile(path).ShouldBe(key);

    [Fact]
    public void Long_names_that_differ_at_the_end_keep_different_keys()
    {
        var one = CampaignKey.FromFile(new string('x', 80) + "1.pb");
        var two = CampaignKey.FromFile(new string('x', 80) + "2.pb");

        (one == two).ShouldBeFalse();
        CampaignKey.IsValid(one).ShouldBeTrue();
        one.Length.ShouldBe(63);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("0-9-z", true)]
    [InlineData("-a", false)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("a/b", false)]
    [InlineData("ł", false)]
    public void Keys_are_of_a_few_letters(string key, bool valid) => CampaignKey.IsValid(key).ShouldBe(valid);

    [Fact]
    public void Tags_are_distinct_and_short_and_a_nameless_project_is_called_by_its_identifier()
    {
        var idea = ElectionMapping.Idea(new PbProject(1, "A/1", "", 5, ["Park", "park", new string('t', 51)]));

        idea.Title.ShouldBe("A/1");
        idea.Tags.ShouldBe(["Park", new string('t', 49) + "…"]);
    }

    [Fact]
    public void A_request_stays_below_a_mebibyte_however_long_its_ballots_are()
    {
        var ballots = Enumerable.Range(1, 10).Select(n => $"{new string('v', 200_000)}{n};A").ToArray();

        var batches = BallotBatches.Of(PbParser.Parse(Pb.Votes("voter_id;vote", ballots)), 100, _ => throw new InvalidOperationException()).ToList();

        batches.Select(batch => batch.Count).ShouldBe([5, 5]);
        batches.SelectMany(batch => batch).Select(line => line.Line).ShouldBe(Enumerable.Range(11, 10));
    }
}
