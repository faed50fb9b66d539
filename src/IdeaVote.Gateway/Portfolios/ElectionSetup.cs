using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>The projects of a campaign's election, and what is written about them.</summary>
/// <param name="Projects">The projects.</param>
/// <param name="Texts">The texts of these, and of the ranked ideas that are not considered.</param>
internal sealed record ElectionSetup(ElectionProjects Projects, IReadOnlyDictionary<TextId, IdeaText> Texts)
{
    /// <summary>Reads it off an election.</summary>
    /// <param name="election">The ideas.</param>
    /// <param name="documents">Has their texts.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<ElectionSetup> OfAsync(CampaignElection election, TextDocuments documents, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync(
            [.. election.Ideas.Where(idea => idea.Status.IsRanked()).Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return new ElectionSetup(ElectionProjects.Of(election, idea => texts.GetValueOrDefault(idea.Text.Id)?.Reference), texts);
    }

    /// <summary>The text of an idea; null if it is erased.</summary>
    public IdeaText? Text(ElectionIdea idea) => Texts.GetValueOrDefault(idea.Text.Id);
}
