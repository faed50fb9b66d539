using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What invitations and first votes do to the tables.</summary>
internal static class InvitationFold
{
    /// <summary>Whether an event may change them: an invitation, or a ballot that holds its first vote, which may have held others before.</summary>
    public static bool Concerns(RecordedEvent recorded) => recorded.Event is VoterInvited || IsFirstVote(recorded);

    /// <summary>Folds one event; one that was folded before changes nothing.</summary>
    public static void Apply(SqliteSession session, RecordedEvent recorded)
    {
        var (campaign, voter) = (recorded.Stream.Campaign.Value.ToBytes(), recorded.Stream.Key.ToBytes());
        if (recorded.Event is VoterInvited invited)
            Add(session, campaign, new Invitation(new VoterId(recorded.Stream.Key), invited.By, invited.Idea, recorded.At, null, true));
        else if (IsFirstVote(recorded))
            session.Execute(InvitationTables.Vote, campaign, voter, recorded.At.UnixMilliseconds);
    }

    /// <summary>Reads a row.</summary>
    public static Invitation Read(SqliteDataReader row) => new(
        new VoterId(row.GetId(0)), new VoterId(row.GetId(1)), row.GetIdOrNull(2) is { } idea ? new IdeaId(idea) : null, new Instant(row.GetInt64(3)),
        row.IsDBNull(4) ? null : new Instant(row.GetInt64(4)), row.GetInt64(5) == 1);

    private static bool IsFirstVote(RecordedEvent recorded) => recorded.Event is BallotEvent { Held: > 0, HeldBefore: 0 };

    private static void Add(SqliteSession session, byte[] campaign, Invitation added)
    {
        var voter = added.Voter.Value.ToBytes();
        session.Execute(InvitationTables.Add, campaign, voter, added.By.Value.ToBytes(), added.Idea?.Value.ToBytes(), added.At.UnixMilliseconds);
        // Only who has brought somebody can stand in a circle, and hardly anybody has who comes only now.
        if (session.Scalar(InvitationTables.HasBrought, campaign, voter) is not 1L)
            return;
        if (InvitationCircle.Broken(added, at => session.Row(Read, InvitationTables.Counting, campaign, at.Value.ToBytes())) is { } broken)
            session.Execute(InvitationTables.StopCounting, campaign, broken.Voter.Value.ToBytes());
    }
}
