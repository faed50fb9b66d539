using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by Schulze's method.</summary>
/// <param name="ideas">The ordinals of the ideas that were ranked.</param>
/// <param name="ranks">The rank of each of them.</param>
/// <param name="preferences">How many ballots prefer one to another, row by row.</param>
/// <param name="ballots">How many ballots there are.</param>
internal sealed class CondorcetRanker(int[] ideas, int[] ranks, int[] preferences, int ballots) : IRanker
{
    private readonly Dictionary<int, int> places = ideas.Select((ordinal, place) => (ordinal, place)).ToDictionary(pair => pair.ordinal, pair => pair.place);

    public long Key(IdeaTally idea) => places.TryGetValue(idea.Ordinal, out var place) ? ideas.Length - ranks[place] : Score.NoScore;

    public int Votes(IdeaTally idea) => idea.Rankers;

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        if (!places.TryGetValue(idea.Ordinal, out var place))
            return ScoreDetail.Plain(null, "no_votes");
        var (wins, losses) = (0, 0);
        for (var other = 0; other < ideas.Length; other++)
        {
            var (ahead, behind) = (preferences[place * ideas.Length + other], preferences[other * ideas.Length + place]);
            wins += ahead > behind ? 1 : 0;
            losses += ahead < behind ? 1 : 0;
        }
        return ScoreDetail.Plain(
            ideas.Length - ranks[place], "counts_are_exact", new ScoreTerm("beaten", wins), new ScoreTerm("beaten_by", losses), new ScoreTerm("ballots", ballots));
    }
}
