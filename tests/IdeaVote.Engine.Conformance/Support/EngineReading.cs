using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>Reading an engine in the middle of an expression.</summary>
public static class EngineReading
{
    public static T Query<T>(this IEngine engine, CampaignId campaign, Func<Board, Position, T> read) =>
        engine.QueryAsync(campaign, read).AsTask().GetAwaiter().GetResult();

    public static IReadOnlyList<CampaignId> Campaigns(this IEngine engine) => engine.CampaignsAsync().AsTask().GetAwaiter().GetResult();
}
