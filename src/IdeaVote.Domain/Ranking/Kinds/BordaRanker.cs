using System.Collections.Immutable;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by points for places in orders (<see cref="Borda"/>).</summary>
/// <param name="maxLength">How many points the first place counts.</param>
internal sealed class BordaRanker(int maxLength) : IRanker
{
    public long Key(IdeaTally idea) => Borda.Points(idea.Places, maxLength);

    public int Votes(IdeaTally idea) => idea.Rankers;

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var terms = ImmutableArray.CreateBuilder<ScoreTerm>();
        for (var place = 0; place < idea.Places.Length; place++)
            terms.Add(new ScoreTerm($"place_{place + 1}", idea.Places[place]));
        return ScoreDetail.Plain(Key(idea), "counts_are_exact", terms.DrainToImmutable());
    }
}
