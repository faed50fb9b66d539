using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>An idea was merged, or stands for itself again: from now on every voter who knows it otherwise is to be told.</summary>
internal sealed record PlacementStep((CampaignId Campaign, IdeaId Idea) Idea, Placement Placement) : OwedStep(Idea)
{
    public override void Write(SqliteSession session, long number)
    {
        session.Execute(MergeTables.Place, number, Placement.Into?.Value.ToBytes(), Placement.Cause);
        session.Execute(MergeTables.Move, number);
    }
}

/// <summary>A voter's votes follow a merge, or (without a cause) do so no more.</summary>
internal sealed record FollowingStep((CampaignId Campaign, IdeaId Idea) Idea, VoterId Voter, long? Cause) : OwedStep(Idea)
{
    public override void Write(SqliteSession session, long number)
    {
        if (Cause is { } cause)
            session.Execute(MergeTables.Follow, number, Voter.Value.ToBytes(), cause);
        else
            session.Execute(MergeTables.Leave, number, Voter.Value.ToBytes());
    }
}

/// <summary>A voter is to be told once more what became of an idea.</summary>
internal sealed record StragglerStep((CampaignId Campaign, IdeaId Idea) Idea, VoterId Voter) : OwedStep(Idea)
{
    public override void Write(SqliteSession session, long number) =>
        session.Execute(MergeTables.Straggle, number, Voter.Value.ToBytes());
}
