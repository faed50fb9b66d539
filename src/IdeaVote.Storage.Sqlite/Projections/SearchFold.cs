using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What a stretch of the feed does to the search index: which text each idea has in the end, and which are erased.</summary>
internal sealed class SearchFold
{
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), TextId?> current = [];
    private readonly List<(CampaignId Campaign, IdeaId Idea, TextId Text)> erased = [];

    public SearchFold(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            var idea = (recorded.Stream.Campaign, new IdeaId(recorded.Stream.Key));
            switch (recorded.Event)
            {
                case IdeaSubmitted e:
                    current[idea] = e.Text.Id;
                    break;
                case IdeaEdited e:
                    current[idea] = e.New.Id;
                    break;
                case IdeaTextErased e:
                    erased.Add((idea.Campaign, idea.Item2, e.Text));
                    if (current.TryGetValue(idea, out var text) && text == e.Text)
                        current[idea] = null;
                    break;
            }
        }
    }

    /// <summary>The texts to read before <see cref="Apply"/>.</summary>
    public IReadOnlyCollection<TextId> Wanted => [.. current.Values.OfType<TextId>()];

    /// <summary>Whether the index holds words that this fold must erase.</summary>
    public bool Erases(SqliteSession session) => erased.Exists(e => session.Scalar(SearchTables.IsHeld, e.Text.Value.ToBytes()) is not null);

    /// <summary>Changes the tables.</summary>
    /// <param name="session">The writer.</param>
    /// <param name="texts">The texts that are still there.</param>
    /// <param name="mergesAll">Whether to write the whole index anew.</param>
    public void Apply(SqliteSession session, IReadOnlyDictionary<TextId, TextDocument> texts, bool mergesAll)
    {
        foreach (var ((campaign, idea), text) in current)
            Put(session, campaign, idea, text is { } id && texts.TryGetValue(id, out var document) ? document : null);
        foreach (var (campaign, idea, text) in erased)
            Remove(session, campaign, idea, text.Value.ToBytes());
        if (mergesAll)
            MergeAll(session);
    }

    private static void Put(SqliteSession session, CampaignId campaign, IdeaId idea, TextDocument? document)
    {
        var campaignNumber = CampaignNumber(session, campaign) ?? (long)session.Scalar(SearchTables.AddCampaign, campaign.Value.ToBytes())!;
        var words = document is null ? null : IdeaWords.Read(document.Content);
        var text = words is null ? null : document!.Id.Value.ToBytes();
        var number = (long)session.Scalar(SearchTables.PutIdea, campaignNumber, idea.Value.ToBytes(), text)!;
        session.Execute(SearchTables.RemoveWords, number);
        if (words is null)
            return;
        session.Execute(SearchTables.AddHeld, text);
        session.Execute(SearchTables.AddWords, number, SearchTables.CampaignWord(campaignNumber), words.Title, words.Body, words.Tags);
    }

    private static void Remove(SqliteSession session, CampaignId campaign, IdeaId idea, byte[] text)
    {
        session.Execute(SearchTables.RemoveHeld, text);
        if (CampaignNumber(session, campaign) is not { } campaignNumber)
            return;
        if (session.Scalar(SearchTables.IdeaOfText, campaignNumber, idea.Value.ToBytes(), text) is not long number)
            return;
        session.Execute(SearchTables.RemoveWords, number);
        session.Execute(SearchTables.PutIdea, campaignNumber, idea.Value.ToBytes(), null);
    }

    /// <summary>
    /// The index keeps the first word of each of its pages a second time, to find the page, also after that word has gone.
    /// Merging all its parts writes them anew; the extra row makes sure that there is more than one part to merge.
    /// </summary>
    private static void MergeAll(SqliteSession session)
    {
        const long Extra = 0;
        session.Execute(SearchTables.AddWords, Extra, "", "x", "", "");
        session.Execute(SearchTables.Merge);
        session.Execute(SearchTables.RemoveWords, Extra);
    }

    private static long? CampaignNumber(SqliteSession session, CampaignId campaign) =>
        (long?)session.Scalar(SearchTables.FindCampaign, campaign.Value.ToBytes());
}
