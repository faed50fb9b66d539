using System.Buffers.Binary;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Ranking.Kinds;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Votes;

/// <summary>Chooses which two ideas a voter is asked to compare next.</summary>
/// <param name="engine">Has the board.</param>
/// <param name="shared">Has the strengths of ideas.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class DuelChooser(IEngine engine, SharedRankings shared, Pseudonyms pseudonyms)
{
    // What an idea that has never met another is taken for: its score may be anything.
    private static readonly Strength Unknown = new(0, 4, 0);

    /// <summary>The next pair, in an order by lot; null when the voter has decided every pair.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">The voter.</param>
    /// <param name="ballot">What they have decided.</param>
    /// <param name="skips">How often they passed a pair over since, 0 or more; each leads to another pair.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<(IdeaId Idea, TextRef Text)[]?> NextAsync(
        CampaignView campaign, Caller caller, Ballot ballot, int skips, CancellationToken cancellation)
    {
        var voter = pseudonyms.Voter(campaign.Id, caller.RequireVoter());
        // While scores are hidden, which pairs come must not tell them.
        IReadOnlyList<Strength> strengths = campaign.State.Rules.ScoresHidden ? [] : await StrengthsAsync(campaign.Id, cancellation);
        return await engine.QueryAsync(campaign.Id, (board, _) => Choose(board, ballot, strengths, Seed(voter, ballot, skips)), cancellation);
    }

    private async ValueTask<IReadOnlyList<Strength>> StrengthsAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var ranking = await shared.GetAsync(
            $"{campaign}|strengths", Position.Start,
            () => engine.QueryAsync(campaign, static (board, at) => (RankInput.Take(board, RankBy.Duels), board.Revision, at), cancellation),
            () => engine.QueryAsync(campaign, static (board, _) => board.Revision, cancellation));
        return ((DuelRanker)ranking!.Ranker).Strengths;
    }

    private static (IdeaId Idea, TextRef Text)[]? Choose(Board board, Ballot ballot, IReadOnlyList<Strength> strengths, ulong seed)
    {
        var ideas = board.Ideas.Where(idea => idea.Status.TakesVotes()).ToArray();
        var known = Array.ConvertAll(ideas, idea => idea.Ordinal < strengths.Count ? strengths[idea.Ordinal] : Unknown);
        return PairChooser.Next(known, (first, second) => ballot.Duels.ContainsKey(Pair.Of(ideas[first].Id, ideas[second].Id)), seed) is var (first, second)
            ? [(ideas[first].Id, ideas[first].Text), (ideas[second].Id, ideas[second].Text)]
            : null;
    }

    /// <summary>Asked again without a decision in between, the answer is the same while the strengths are.</summary>
    private static ulong Seed(VoterId voter, Ballot ballot, int skips)
    {
        Span<byte> id = stackalloc byte[Id.ByteLength];
        voter.Value.WriteBytes(id);
        return BinaryPrimitives.ReadUInt64LittleEndian(id) + (ulong)ballot.Duels.Count + (ulong)skips * 0x9E37_79B9_7F4A_7C15;
    }
}
