using System.Text;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class VoteBodyTests
{
    private readonly CriterionKeys criteria = new(["overall", "size"]);

    [Theory]
    [InlineData("""{"scores":{"overall":4}}""", 4, 0)]
    [InlineData(""" { "scores" : { "size" : 5 , "overall" : 1 } } """, 1, 5)]
    [InlineData("""{"\u0073cores":{"overal\u006c":2}}""", 2, 0)]
    public void A_rating_is_understood(string body, int overall, int size)
    {
        VoteBodies.ReadRating(Encoding.UTF8.GetBytes(body), criteria, out var scores).ShouldBeNull();

        scores.ShouldBe(Scores.Of(overall, size));
    }

    [Theory]
    [InlineData("", "malformed_json")]
    [InlineData("{", "malformed_json")]
    [InlineData("4", "malformed_json")]
    [InlineData("""{"scores":{"overall":4}}x""", "malformed_json")]
    [InlineData("""{"scores":{"overall":4}}{}""", "malformed_json")]
    [InlineData("""{"scores":{"\ud800":4}}""", "malformed_json")]
    [InlineData("""{"\udead":{"overall":4}}""", "malformed_json")]
    [InlineData("{}", "invalid_scores")]
    [InlineData("""{"scores":null}""", "invalid_scores")]
    [InlineData("""{"scores":{}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":0}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":6}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":-1}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":4.0}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":1e400}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":"4"}}""", "invalid_scores")]
    [InlineData("""{"scores":{"overall":[4]}}""", "invalid_scores")]
    [InlineData("""{"scores":{"beauty":4}}""", "unknown_criterion")]
    [InlineData("""{"scores":{"Overall":4}}""", "unknown_criterion")]
    [InlineData("""{"scores":{"overall\u0000":4}}""", "unknown_criterion")]
    [InlineData("""{"scores":{"overall":4,"overall":4}}""", "duplicate_field")]
    [InlineData("""{"scores":{"overall":4},"scores":{"overall":4}}""", "duplicate_field")]
    [InlineData("""{"score":{"overall":4}}""", "unknown_field")]
    [InlineData("""{"scores":{"overall":4},"😀":1}""", "unknown_field")]
    public void What_is_wrong_with_a_rating_is_told_by_code(string body, string code) =>
        VoteBodies.ReadRating(Encoding.UTF8.GetBytes(body), criteria, out _)!.Code.ShouldBe(code);

    [Fact]
    public void Without_criteria_no_rating_is_understood() =>
        VoteBodies.ReadRating("""{"scores":{"overall":4}}"""u8, new CriterionKeys([]), out _)!.Code.ShouldBe("unknown_criterion");

    [Fact]
    public void A_name_of_any_length_is_shown_cut_and_whole()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"{{new string('a', 59)}}😀{{new string('b', 1_000)}}":1}""");

        var refusal = VoteBodies.ReadRating(body, criteria, out _)!;

        refusal.Field.ShouldBe(new string('a', 59) + "…");
    }

    [Theory]
    [InlineData("""{"credits":30}""", 30)]
    [InlineData("""{"credits":0}""", 0)]
    [InlineData("""{"credits":2147483647}""", int.MaxValue)]
    public void An_investment_is_understood(string body, int expected)
    {
        VoteBodies.ReadInvestment(Encoding.UTF8.GetBytes(body), takesVotes: false, out var credits).ShouldBeNull();

        credits.ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"votes":3}""", 9)]
    [InlineData("""{"votes":0}""", 0)]
    [InlineData("""{"votes":31622}""", 999_950_884)]
    [InlineData("""{"credits":16}""", 16)]
    public void Where_votes_cost_their_square_an_investment_may_be_said_in_votes(string body, int expected)
    {
        VoteBodies.ReadInvestment(Encoding.UTF8.GetBytes(body), takesVotes: true, out var credits).ShouldBeNull();

        credits.ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"votes":-1}""", "invalid_credits")]
    [InlineData("""{"votes":31623}""", "invalid_credits")]
    [InlineData("""{"votes":1.5}""", "invalid_credits")]
    [InlineData("""{"votes":3,"credits":9}""", "duplicate_field")]
    public void What_is_wrong_with_votes_is_told_by_code(string body, string code) =>
        VoteBodies.ReadInvestment(Encoding.UTF8.GetBytes(body), takesVotes: true, out _)!.Code.ShouldBe(code);

    [Theory]
    [InlineData("", "malformed_json")]
    [InlineData("{}", "invalid_credits")]
    [InlineData("""{"votes":3}""", "unknown_field")]
    [InlineData("""{"credits":-1}""", "invalid_credits")]
    [InlineData("""{"credits":2147483648}""", "invalid_credits")]
    [InlineData("""{"credits":1.5}""", "invalid_credits")]
    [InlineData("""{"credits":"30"}""", "invalid_credits")]
    [InlineData("""{"credits":null}""", "invalid_credits")]
    [InlineData("""{"credits":1,"credits":2}""", "duplicate_field")]
    [InlineData("""{"points":1}""", "unknown_field")]
    public void What_is_wrong_with_an_investment_is_told_by_code(string body, string code) =>
        VoteBodies.ReadInvestment(Encoding.UTF8.GetBytes(body), takesVotes: false, out _)!.Code.ShouldBe(code);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" { } ")]
    public void An_approval_says_nothing(string body) => VoteBodies.ReadNothing(Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    [Theory]
    [InlineData("[]", "malformed_json")]
    [InlineData("{}{}", "malformed_json")]
    [InlineData("""{"approve":true}""", "unknown_field")]
    public void An_approval_that_says_something_is_refused(string body, string code) =>
        VoteBodies.ReadNothing(Encoding.UTF8.GetBytes(body))!.Code.ShouldBe(code);
}
