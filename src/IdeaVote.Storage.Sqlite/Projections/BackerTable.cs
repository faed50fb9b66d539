using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>Writes rows of the one large table of the backers index.</summary>
internal sealed class BackerTable(SqliteSession session)
{
    /// <summary>The bit of an approval among the methods held.</summary>
    public const int Approval = 1;

    /// <summary>The bit of a rating.</summary>
    public const int Rating = 2;

    /// <summary>The bit of an investment.</summary>
    public const int Investment = 4;

    /// <summary>The bit of a place in the voter's order.</summary>
    public const int Order = 8;

    /// <summary>The bit of duels that the idea won.</summary>
    public const int Duel = 16;

    private readonly SqliteStatement add = session.Statement(BackersTables.AddBacker);
    private readonly SqliteStatement get = session.Statement(BackersTables.GetBacker);
    private readonly SqliteStatement set = session.Statement(BackersTables.SetBacker);
    private readonly SqliteStatement remove = session.Statement(BackersTables.RemoveBacker);
    private readonly SqliteStatement addWin = session.Statement(BackersTables.AddWin);
    private readonly SqliteStatement removeWin = session.Statement(BackersTables.RemoveWin);
    private readonly SqliteStatement anyWin = session.Statement(BackersTables.AnyWin);

    /// <summary>Writes what a voter holds on an idea.</summary>
    /// <param name="idea">The idea's number.</param>
    /// <param name="voter">The voter.</param>
    /// <param name="touched">The methods that changed; the others stay.</param>
    /// <param name="held">Which of those are held now.</param>
    /// <param name="version">The investment's version, if that changed and is held.</param>
    /// <returns>1 if the idea gained a backer by it, -1 if it lost one.</returns>
    public int Put(long idea, VoterId voter, int touched, int held, long version)
    {
        Span<byte> key = stackalloc byte[Id.ByteLength];
        voter.Value.WriteBytes(key);
        // Most votes are first votes: then this is all, and the row that might be there need not be read.
        if (held != 0 && Change(add, idea, key, held, version) > 0)
            return 1;
        get.Bind(1, idea);
        get.Bind(2, key);
        if (get.Row() is not var (heldBefore, versionBefore))
            return 0;
        var heldNow = ((int)heldBefore & ~touched) | held;
        if (heldNow == 0)
        {
            remove.Bind(1, idea);
            remove.Bind(2, key);
            return -remove.Run();
        }
        var versionNow = (touched & Investment) != 0 ? version : versionBefore;
        if (heldNow != heldBefore || versionNow != versionBefore)
            Change(set, idea, key, heldNow, versionNow);
        return 0;
    }

    /// <summary>Writes whether an idea wins a voter's duel against another. Written twice, it is the same.</summary>
    public void PutWin(long idea, VoterId voter, long loser, bool wins)
    {
        Span<byte> key = stackalloc byte[Id.ByteLength];
        voter.Value.WriteBytes(key);
        var statement = wins ? addWin : removeWin;
        statement.Bind(1, idea);
        statement.Bind(2, key);
        statement.Bind(3, loser);
        statement.Run();
    }

    /// <summary>Whether an idea wins any duel of a voter.</summary>
    public bool HasWin(long idea, VoterId voter)
    {
        Span<byte> key = stackalloc byte[Id.ByteLength];
        voter.Value.WriteBytes(key);
        anyWin.Bind(1, idea);
        anyWin.Bind(2, key);
        return anyWin.Row() is not null;
    }

    /// <summary>Counts backers in or out.</summary>
    public void Count(long idea, long gained)
    {
        if (gained != 0)
            session.Execute(BackersTables.CountBackers, idea, gained);
    }

    private static int Change(SqliteStatement statement, long idea, ReadOnlySpan<byte> voter, long held, long version)
    {
        statement.Bind(1, idea);
        statement.Bind(2, voter);
        statement.Bind(3, held);
        statement.Bind(4, version);
        return statement.Run();
    }
}
