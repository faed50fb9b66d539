using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Participation;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;

namespace IdeaVote.Portal.Analysis;

/// <summary>Reads who brought whom, with names and titles.</summary>
/// <param name="reader">Works it out.</param>
/// <param name="engine">Has the ideas.</param>
/// <param name="documents">Has their texts.</param>
/// <param name="names">Knows the people.</param>
internal sealed class WordOfMouthLoader(WordOfMouthReader reader, IEngine engine, TextDocuments documents, ShownNames names)
{
    private const int MaxInviters = 10;
    private const int MaxIdeas = 5;
    private const int MaxGenerations = 8;
    private const int MaxChain = 12;

    /// <summary>Reads it.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="periods">The days or weeks to show.</param>
    /// <param name="days">How many days each has.</param>
    /// <param name="visit">Who looks.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<WordOfMouthModel> ReadAsync(CampaignView campaign, IReadOnlyList<PeriodPart> periods, int days, Visit visit, CancellationToken cancellation)
    {
        var counts = await reader.ReadAsync(campaign.Id, cancellation);
        var who = counts.Who;
        var (inviters, chain, ideas) = (who.Inviters.Take(MaxInviters).ToArray(), who.LongestChain(MaxChain), who.Ideas.Take(MaxIdeas).ToArray());
        var known = await names.OfAsync(campaign.Id, inviters.Select(inviter => inviter.Voter).Concat(chain).ToHashSet(), cancellation);
        var titles = await TitlesAsync(campaign.Id, ideas, visit, cancellation);
        return new WordOfMouthModel(
            campaign.Key, who.Total, counts.Voters, Periods(periods, days, counts.Days),
            [.. inviters.Select(inviter => new InviterRow(Person(inviter.Voter), inviter.Generation, inviter.Brought))],
            [.. who.Generations.Take(MaxGenerations)], who.Generations.Skip(MaxGenerations).Sum(brought => brought.People),
            [.. chain.Select(Person)], [.. ideas.Select(idea => new SharedRow(idea.Idea.ToString(), titles[idea.Idea], idea.Brought))]);

        PersonLink Person(VoterId voter) => new(voter.ToString(), known.GetValueOrDefault(voter));
    }

    /// <summary>Those who came by an invitation, in the periods of another chart.</summary>
    private static IReadOnlyList<PeriodPart> Periods(IReadOnlyList<PeriodPart> periods, int days, IReadOnlyList<NewVoters> counted)
    {
        if (periods.Count == 0)
            return [];
        var first = periods[0].Start;
        var brought = counted.Where(day => day.Day >= first).GroupBy(day => (day.Day - first) / days)
            .ToDictionary(group => group.Key, group => (All: group.Sum(day => day.All), Brought: group.Sum(day => day.Brought)));
        return [.. periods.Select((period, i) => brought.GetValueOrDefault(i) is var (all, came) ? new PeriodPart(period.Start, all, 0, came) : period)];
    }

    private async ValueTask<Dictionary<IdeaId, string>> TitlesAsync(CampaignId campaign, IReadOnlyList<SharedIdea> ideas, Visit visit, CancellationToken cancellation)
    {
        var found = await engine.QueryAsync(campaign, (board, _) => ideas.Select(idea => (idea.Idea, board.Find(idea.Idea)?.Text)).ToArray(), cancellation);
        var texts = await documents.ReadManyAsync([.. found.Select(idea => idea.Text).OfType<TextRef>()], IdeaTextJson.Default.IdeaText, cancellation);
        return found.ToDictionary(
            idea => idea.Idea, idea => (idea.Text is { } text ? texts.GetValueOrDefault(text.Id)?.Title : null) ?? visit["idea.erased.title"]);
    }
}
