using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>An idea was withdrawn or declined, or (without a cause) stands open again.</summary>
internal sealed record ClosingStep((CampaignId Campaign, IdeaId Idea) Idea, long? Cause) : OwedStep(Idea)
{
    public override void Write(SqliteSession session, long number)
    {
        session.Execute(BackersTables.CloseIdea, number, Cause);
        // An idea that stands open again keeps what was not given back yet.
        session.Execute(BackersTables.ForgetOwed, number);
        session.Execute(BackersTables.ForgetLateOfIdea, number);
        if (Cause is { } cause)
            session.Execute(BackersTables.Owe, number, cause);
    }
}

/// <summary>A voter's investment in a closed idea changed: whatever was owed for the old one is void, and something may be owed for the new one.</summary>
internal sealed record LateStep((CampaignId Campaign, IdeaId Idea) Idea, VoterId Voter, long? Version, long Cause) : OwedStep(Idea)
{
    public override void Write(SqliteSession session, long number)
    {
        var voter = Voter.Value.ToBytes();
        session.Execute(BackersTables.ForgetLate, number, voter);
        if (Version is { } version)
            session.Execute(BackersTables.AddLate, number, voter, version, Cause);
    }
}
