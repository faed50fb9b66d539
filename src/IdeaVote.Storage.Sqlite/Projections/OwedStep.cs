using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>One change of what is owed, written in the feed's order.</summary>
internal abstract record OwedStep((CampaignId Campaign, IdeaId Idea) Idea)
{
    /// <summary>Writes it.</summary>
    /// <param name="session">The writer.</param>
    /// <param name="number">The idea's number.</param>
    public abstract void Write(SqliteSession session, long number);
}
