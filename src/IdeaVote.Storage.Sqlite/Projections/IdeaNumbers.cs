using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The numbers that stand for ideas in the tables, as one transaction sees and makes them.</summary>
internal sealed class IdeaNumbers(SqliteSession session)
{
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), long> numbers = [];

    /// <summary>The number of an idea; a new one if it has none yet.</summary>
    public long Of((CampaignId Campaign, IdeaId Idea) idea)
    {
        if (numbers.TryGetValue(idea, out var known))
            return known;
        var (campaign, id) = (idea.Campaign.Value.ToBytes(), idea.Idea.Value.ToBytes());
        var number = (long)(session.Scalar(BackersTables.FindIdea, campaign, id) ?? session.Scalar(BackersTables.AddIdea, campaign, id))!;
        numbers.Add(idea, number);
        return number;
    }
}
