using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>Answers which two ideas a voter is asked to compare next.</summary>
/// <param name="engine">Has the ballots.</param>
/// <param name="catalog">Finds the campaign.</param>
/// <param name="chooser">Chooses them.</param>
/// <param name="documents">Has the titles.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
/// <param name="positions">Reads the position the caller asks for.</param>
internal sealed class NextDuel(
    IEngine engine, CampaignCatalog catalog, DuelChooser chooser, TextDocuments documents, Pseudonyms pseudonyms, Positions positions)
{
    /// <summary>Answers with a pair.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var caller = context.Caller();
        var name = caller.RequireVoter();
        await positions.AwaitAfterAsync(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        RankNames.RequireOn(RankBy.Duels, campaign.State.Rules);
        var reply = await engine.ReadAsync(StreamId.Of(campaign.Id, pseudonyms.Voter(campaign.Id, name)), context.RequestAborted);
        if (reply.Kind != ReplyKind.Accepted)
        {
            await Problems.WriteAsync(context, reply);
            return;
        }
        var ballot = ((Voter)reply.State!).Ballot;
        var pair = await chooser.NextAsync(campaign, caller, ballot, skips: 0, context.RequestAborted);
        var answer = new NextDuelAnswer(pair is null ? null : await WithTextsAsync(pair, context.RequestAborted), ballot.Duels.Count);
        await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, answer, VotesJson.Default.NextDuelAnswer);
    }

    private async ValueTask<IReadOnlyList<DuelIdea>> WithTextsAsync((IdeaId Idea, TextRef Text)[] pair, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync([.. pair.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return [.. pair.Select(idea => (idea.Idea, Text: texts.GetValueOrDefault(idea.Text.Id)))
            .Select(idea => new DuelIdea(idea.Idea.ToString(), idea.Text?.Reference, idea.Text?.Title))];
    }
}
