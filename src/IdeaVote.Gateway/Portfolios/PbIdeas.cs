using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which ideas of an election stand in a .pb file, and what they are called there: by their references, where these read back as they are.</summary>
internal sealed class PbIdeas
{
    private readonly IReadOnlyDictionary<TextId, IdeaText> texts;
    private readonly string?[] ids;

    private PbIdeas(int[] ideas, IReadOnlyDictionary<TextId, IdeaText> texts, string?[] ids) => (Ideas, this.texts, this.ids) = (ideas, texts, ids);

    /// <summary>The ordinals of the ideas in the file.</summary>
    public IReadOnlyList<int> Ideas { get; }

    /// <summary>Chooses and names them.</summary>
    /// <param name="election">The election.</param>
    /// <param name="documents">Has the texts.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<PbIdeas> OfAsync(CampaignElection election, TextDocuments documents, CancellationToken cancellation)
    {
        // What stands in orders moves others down also when it is not ranked any more.
        var ordered = new bool[election.Ideas.Count];
        for (var place = 0; election.From == CountFrom.Ranks && place < election.Votes.Places; place++)
        {
            foreach (var vote in election.Votes.Of(place))
                ordered[vote.Idea] = true;
        }
        int[] ideas = [.. Enumerable.Range(0, election.Ideas.Count).Where(i => ordered[i] || election.Ideas[i].Status.IsRanked())];
        var texts = await documents.ReadManyAsync([.. ideas.Select(i => election.Ideas[i].Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var ids = new string?[election.Ideas.Count];
        var taken = new HashSet<string>(ideas.Select(i => election.Ideas[i].Id.ToString()), StringComparer.Ordinal);
        foreach (var i in ideas)
        {
            var reference = texts.GetValueOrDefault(election.Ideas[i].Text.Id)?.Reference;
            ids[i] = reference is not null && ReadsBack(reference) && taken.Add(reference) ? reference : election.Ideas[i].Id.ToString();
        }
        return new PbIdeas(ideas, texts, ids);
    }

    /// <summary>The text of an idea; null if it is erased.</summary>
    public IdeaText? Text(ElectionIdea idea) => texts.GetValueOrDefault(idea.Text.Id);

    /// <summary>What an idea in the file is called there; null for others.</summary>
    public string? IdOf(int ordinal) => ids[ordinal];

    // Ballots list projects with commas between, and fields lose what is blank around them.
    private static bool ReadsBack(string reference) =>
        reference.Length > 0 && !reference.Contains(',', StringComparison.Ordinal) && reference.Trim().Trim('\uFEFF').Trim().Length == reference.Length;
}
