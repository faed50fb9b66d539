namespace IdeaVote.Domain.Tests.Voters;

public sealed class RatingTests
{
    [Fact]
    public void A_voter_rates_an_idea_thinks_again_and_takes_it_back() =>
        A.Voter
            .At(T(1)).When(new CastRating(Park, Scores.Of(4))).Then(new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(1), 1))
            .At(T(2)).When(new CastRating(Park, Scores.Of(4, 2))).Then(new RatingChanged(Park, Scores.Of(4), Scores.Of(4, 2), null, T(1), 1))
            .At(T(3)).When(new CastRating(Park, Scores.None)).Then(new RatingChanged(Park, Scores.Of(4, 2), Scores.None, null, T(1), 0));

    [Fact]
    public void A_rating_may_speak_of_the_second_criterion_only() =>
        A.Voter.When(new CastRating(Park, Scores.Of(0, 5))).Then(new RatingChanged(Park, Scores.None, Scores.Of(0, 5), null, T(100), 1));

    [Fact]
    public void Saying_what_is_so_already_changes_nothing()
    {
        A.Voter.After(new CastRating(Park, Scores.Of(4))).When(new CastRating(Park, Scores.Of(4))).ThenNothing();
        A.Voter.When(new CastRating(Park, Scores.None)).ThenNothing();
    }

    [Fact]
    public void There_is_no_criterion_beyond_the_campaigns_list()
    {
        A.Voter.When(new CastRating(Park, Scores.Of(4, 4, 4))).ThenRefused(RefusalCode.UnknownCriterion, "scores");
        A.Voter.When(new CastRating(Park, Scores.None.With(15, 1))).ThenRefused(RefusalCode.UnknownCriterion, "scores");
    }

    [Fact]
    public void A_method_that_is_off_takes_no_votes_but_gives_them_back()
    {
        var off = Plain with { Rate = null };

        A.Voter.Under(off).When(new CastRating(Park, Scores.Of(4))).ThenRefused(RefusalCode.MethodOff);
        A.Voter.Under(off).Given(new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(1), 1))
            .When(new CastRating(Park, Scores.None)).ThenTaken();
    }
}
