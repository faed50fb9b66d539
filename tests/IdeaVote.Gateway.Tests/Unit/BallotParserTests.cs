using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Ballots;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class BallotParserTests
{
    private static readonly IdeaId Known = new(Id.Parse("0123456789abcdefghjk"));

    private readonly CriterionKeys criteria = new(["overall", "größe"]);

    [Fact]
    public void A_line_with_everything_is_understood()
    {
        var input = Take(
            """{"line":7,"voter":"v-1","segment":"north","address":"a@example.com","approve":["ref:A","0123456789abcdefghjk"],"rate":{"ref:B":{"overall":4,"größe":1}},"invest":{"ref:C":30}}""");

        input.Line.ShouldBe(7);
        input.Voter.ShouldBe("v-1");
        input.SegmentGiven.ShouldBeTrue();
        input.Segment.ShouldBe("north");
        input.Address.ShouldBe("a@example.com");
        input.Votes!.Approvals.ShouldBe([Named("A"), Known]);
        input.Votes.Ratings.ShouldBe([new KeyValuePair<IdeaId, Scores>(Named("B"), Scores.Of(4, 1))]);
        input.Votes.Investments.ShouldBe([new KeyValuePair<IdeaId, int>(Named("C"), 30)]);
    }

    [Fact]
    public void Absent_sections_are_empty_and_an_absent_segment_says_nothing()
    {
        var input = Take("""{"voter":"v"}""");

        input.Line.ShouldBeNull();
        input.SegmentGiven.ShouldBeFalse();
        input.Votes!.Approvals.ShouldBeEmpty();
        input.Votes.Ratings.ShouldBeEmpty();
        input.Votes.Investments.ShouldBeEmpty();
    }

    [Fact]
    public void A_segment_of_null_is_a_wish_for_none()
    {
        var input = Take("""{"voter":"v","segment":null}""");

        input.SegmentGiven.ShouldBeTrue();
        input.Segment.ShouldBeNull();
    }

    [Fact]
    public void An_escaped_reference_is_the_same_as_a_plain_one() =>
        Take("""{"voter":"v","approve":["ref:\u0041\ud83d\ude00"]}""").Votes!.Approvals.ShouldBe([Named("A😀")]);

    [Fact]
    public void An_emoji_is_a_fine_voter() => Take("""{"voter":"😀"}""").Voter.ShouldBe("😀");

    [Fact]
    public void What_one_ballot_held_does_not_leak_into_the_next()
    {
        var parser = Parser();
        Read(parser, """{"voter":"v","approve":["ref:A"],"rate":{"ref:B":{"overall":4}},"invest":{"ref:C":30}}""", out _).ShouldBeNull();
        Read(parser, """{"voter":"w","approve":["ref:A","nonsense"]}""", out _).ShouldNotBeNull();

        Read(parser, """{"voter":"u","invest":{"ref:C":1}}""", out var input).ShouldBeNull();

        input.Votes!.Approvals.ShouldBeEmpty();
        input.Votes.Ratings.ShouldBeEmpty();
        input.Votes.Investments.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "malformed_json", null)]
    [InlineData("not json", "malformed_json", null)]
    [InlineData("[]", "malformed_json", null)]
    [InlineData("null", "malformed_json", null)]
    [InlineData("""{"voter":"v"} {"voter":"w"}""", "malformed_json", null)]
    [InlineData("""{"voter":"v",}""", "malformed_json", null)]
    [InlineData("""{"voter":"v" """, "malformed_json", null)]
    [InlineData("""{"voter":"\ud800"}""", "malformed_json", null)]
    [InlineData("""{"\ud800":1}""", "malformed_json", null)]
    [InlineData("""{"voter":"v","approve":["ref:\udc00"]}""", "malformed_json", null)]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"\ud800":1}}}""", "malformed_json", null)]
    [InlineData("""{"voter":"v","color":1}""", "unknown_field", "color")]
    [InlineData("""{"voter":"v","Approve":[]}""", "unknown_field", "Approve")]
    [InlineData("""{"voter":"v","voter":"w"}""", "duplicate_field", "voter")]
    [InlineData("""{"voter":"v","approve":[],"\u0061pprove":[]}""", "duplicate_field", "approve")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":1},"ref:A":{"overall":2}}}""", "duplicate_field", "rate.ref:A")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":1,"overall":2}}}""", "duplicate_field", "scores.overall")]
    [InlineData("""{"voter":"v","invest":{"ref:A":1,"ref:\u0041":2}}""", "duplicate_field", "invest.ref:A")]
    [InlineData("""{}""", "voter_required", "voter")]
    [InlineData("""{"voter":""}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":null}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":5}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":"a\u0000b"}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":"v","line":-1}""", "invalid_field", "line")]
    [InlineData("""{"voter":"v","line":1e999}""", "invalid_field", "line")]
    [InlineData("""{"voter":"v","line":"1"}""", "invalid_field", "line")]
    [InlineData("""{"voter":"v","segment":""}""", "invalid_field", "segment")]
    [InlineData("""{"voter":"v","segment":["x"]}""", "invalid_field", "segment")]
    [InlineData("""{"voter":"v","address":"nobody"}""", "invalid_field", "address")]
    [InlineData("""{"voter":"v","approve":"ref:A"}""", "invalid_field", "approve")]
    [InlineData("""{"voter":"v","approve":[null]}""", "invalid_field", "approve")]
    [InlineData("""{"voter":"v","approve":[["ref:A"]]}""", "invalid_field", "approve")]
    [InlineData("""{"voter":"v","approve":["A"]}""", "idea_not_found", "approve")]
    [InlineData("""{"voter":"v","rate":[]}""", "invalid_field", "rate")]
    [InlineData("""{"voter":"v","rate":{"ref:A":4}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":0}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":6}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":4.5}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"overall":99999999999999999999999999}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"v","rate":{"ref:A":{"beauty":4}}}""", "unknown_criterion", "scores.beauty")]
    [InlineData("""{"voter":"v","invest":{"ref:A":-1}}""", "invalid_credits", "credits")]
    [InlineData("""{"voter":"v","invest":{"ref:A":1e3}}""", "invalid_credits", "credits")]
    [InlineData("""{"voter":"v","invest":{"ref:A":"30"}}""", "invalid_credits", "credits")]
    [InlineData("""{"voter":"v","invest":{"ref:A":2147483648}}""", "invalid_credits", "credits")]
    public void What_is_wrong_is_refused_by_code_and_field(string json, string code, string? field)
    {
        var refusal = Read(Parser(), json, out var input);

        refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Field).ShouldBe((code, field));
        refusal.Detail.ShouldNotBeNullOrWhiteSpace();
        input.Votes.ShouldBeNull();
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] json = [.. """{"voter":"v","approve":["ref:"""u8, 0xff, .. "\"]}"u8];

        Parser().Read(json, criteria, asLine: true, out _)!.Code.ShouldBe("malformed_json");
    }

    [Fact]
    public void Deep_json_is_refused_wherever_it_stands()
    {
        var deep = new string('[', 100_000);

        Read(Parser(), deep, out _)!.Code.ShouldBe("malformed_json");
        Read(Parser(), $$"""{"voter":"v","approve":{{deep}}""", out _)!.Code.ShouldBe("invalid_field");
        Read(Parser(), $$"""{"nonsense":{{deep}}""", out _)!.Code.ShouldBe("unknown_field");
    }

    [Fact]
    public void A_ballot_of_more_votes_than_a_ballot_holds_is_refused_and_one_of_as_many_is_not()
    {
        var most = string.Join(',', Enumerable.Range(0, Ballot.MaxVotes).Select(i => $"\"ref:{i}\""));

        Read(Parser(), $$"""{"voter":"v","approve":[{{most}}]}""", out var input).ShouldBeNull();
        input.Votes!.Approvals.Length.ShouldBe(Ballot.MaxVotes);
        Read(Parser(), $$$"""{"voter":"v","approve":[{{{most}}}],"invest":{"ref:A":1}}""", out _)!.Code.ShouldBe(RefusalCode.BallotFull);
    }

    [Fact]
    public void A_refused_line_still_tells_its_number_wherever_that_stands()
    {
        Read(Parser(), """{"line":41,"voter":"v","color":1}""", out var first).ShouldNotBeNull();
        Read(Parser(), """{"voter":"v","color":{"line":1},"line":42}""", out var last).ShouldNotBeNull();

        first.Line.ShouldBe(41);
        last.Line.ShouldBe(42);
    }

    [Fact]
    public void A_whole_ballot_takes_no_field_of_a_line()
    {
        Parser().Read("""{"voter":"v"}"""u8, criteria, asLine: false, out _)!.Code.ShouldBe("unknown_field");
        Parser().Read("""{"approve":["ref:A"]}"""u8, criteria, asLine: false, out var input).ShouldBeNull();
        input.Votes!.Approvals.ShouldBe([Named("A")]);
    }

    [Fact]
    public void Cut_anywhere_a_line_is_refused_and_never_half_read()
    {
        var whole = Encoding.UTF8.GetBytes("""{"line":7,"voter":"vöter","approve":["ref:A"],"rate":{"ref:B":{"overall":4}},"invest":{"ref:C":30}}""");
        var parser = Parser();

        for (var length = 0; length < whole.Length; length++)
        {
            parser.Read(whole.AsSpan(0, length), criteria, asLine: true, out var input).ShouldNotBeNull($"of {length} bytes");
            input.Votes.ShouldBeNull();
        }
        parser.Read(whole, criteria, asLine: true, out _).ShouldBeNull();
    }

    [Fact]
    public void Any_byte_changed_never_makes_it_throw()
    {
        var whole = Encoding.UTF8.GetBytes("""{"line":7,"voter":"v","segment":"s","approve":["ref:A"],"rate":{"ref:B":{"overall":4}},"invest":{"ref:C":30}}""");
        var parser = Parser();
        var taken = 0;

        for (var place = 0; place < whole.Length; place++)
        {
            var changed = whole.ToArray();
            for (var value = 0; value < 256; value++)
            {
                changed[place] = (byte)value;
                var refusal = parser.Read(changed, criteria, asLine: true, out var input);
                (refusal is null).ShouldBe(input.Votes is not null);
                taken += refusal is null ? 1 : 0;
            }
        }

        // At least the unchanged line, once a place.
        taken.ShouldBeGreaterThanOrEqualTo(whole.Length);
    }

    // A stand-in for the keyed hash: all that matters is that equal references give equal ids.
    private static IdeaId Named(string reference) =>
        new(Id.FromBytes(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(reference))));

    private static BallotParser Parser() => new(new IdeaNames(Named));

    private BallotInput Take(string json)
    {
        Read(Parser(), json, out var input).ShouldBeNull();
        return input;
    }

    private Refusal? Read(BallotParser parser, string json, out BallotInput input) =>
        parser.Read(Encoding.UTF8.GetBytes(json), criteria, asLine: true, out input);
}
