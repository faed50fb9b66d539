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
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>Chooses which two ideas a voter is asked to compare next.</summary>
/// <param name="engine">Has the board and the ballots.</param>
/// <param name="catalog">Finds the campaign.</param>
/// <param name="shared">Has the strengths of ideas.</param>
/// <param name="documents">Has the titles.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
/// <param name="positions">Reads the position the caller asks for.</param>
internal sealed class NextDuel(
    IEngine engine, CampaignCatalog catalog, SharedRankings shared, TextDocuments documents, Pseudonyms pseudonyms, Positions positions)
{
    // What an idea that has never met another is taken for: its score may be anything.
    private static readonly Strength Unknown = new(0, 4, 0);

    /// <summary>Answers with a pair.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var name = context.Caller().RequireVoter();
        await positions.AwaitAfterAsync(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        RankNames.RequireOn(RankBy.Duels, campaign.State.Rules);
        var voter = pseudonyms.Voter(campaign.Id, name);
        var reply = await engine.ReadAsync(StreamId.Of(campaign.Id, voter), context.RequestAborted);
        if (reply.Kind != ReplyKind.Accepted)
        {
            await Problems.WriteAsync(context, reply);
            return;
        }
        var ballot = ((Voter)reply.State!).Ballot;
        // While scores are hidden, which pairs come must not tell them.
        IReadOnlyList<Strength> strengths = campaign.State.Rules.ScoresHidden ? [] : await StrengthsAsync(campaign.Id, context.RequestAborted);
        var pair = await engine.QueryAsync(campaign.Id, (board, _) => Choose(board, ballot, strengths, Seed(voter, ballot)), context.RequestAborted);
        var answer = new NextDuelAnswer(pair is null ? null : await WithTextsAsync(pair, context.RequestAborted), ballot.Duels.Count);
        await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, answer, VotesJson.Default.NextDuelAnswer);
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
    private static ulong Seed(VoterId voter, Ballot ballot)
    {
        Span<byte> id = stackalloc byte[Id.ByteLength];
        voter.Value.WriteBytes(id);
        return BinaryPrimitives.ReadUInt64LittleEndian(id) + (ulong)ballot.Duels.Count;
    }

    private async ValueTask<IReadOnlyList<DuelIdea>> WithTextsAsync((IdeaId Idea, TextRef Text)[] pair, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync([.. pair.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return [.. pair.Select(idea => (idea.Idea, Text: texts.GetValueOrDefault(idea.Text.Id)))
            .Select(idea => new DuelIdea(idea.Idea.ToString(), idea.Text?.Reference, idea.Text?.Title))];
    }
}
