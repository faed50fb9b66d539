using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The invitations' index in a SQLite file of its own. It holds ids and times, and grows with those who were invited, not with votes.</summary>
public sealed class SqliteInvitationIndex : IInvitationIndex, IAsyncDisposable
{
    /// <summary>How many events that do not concern it are passed over before it is written down that they were.</summary>
    private const int UnwrittenEvents = 50_000;

    private int unwritten;
    // Whether there is any invitation: 0 is not known yet, 1 none, 2 some.
    private volatile int known;

    private SqliteInvitationIndex(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it; a new one starts before the first event.</summary>
    /// <param name="path">The file, such as <c>invitations.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteInvitationIndex Open(string path)
    {
        var options = new SqliteFileOptions { Synchronous = SqliteSynchronous.Normal, Rebuildable = true };
        return new SqliteInvitationIndex(SqliteDatabase.Open(path, options, InvitationTables.Schema));
    }

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "invitations";

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(ProjectionPosition.Read, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        if (known == 0)
            known = await Database.ReadAsync(static session => session.Scalar(InvitationTables.Any) is 1L ? 2 : 1, cancellation);
        // A first vote says something only of who was invited, which comes before it; until somebody is, votes cost nothing.
        var concerned = events.Any(known == 2 ? InvitationFold.Concerns : static recorded => recorded.Event is VoterInvited);
        if (!concerned && Interlocked.Add(ref unwritten, events.Count) < UnwrittenEvents)
            return;
        Volatile.Write(ref unwritten, 0);
        await Database.WriteAsync(
            session =>
            {
                if (concerned)
                {
                    foreach (var recorded in events)
                        InvitationFold.Apply(session, recorded);
                }
                return ProjectionPosition.Write(session, upTo);
            },
            cancellation);
        if (concerned)
            known = 2;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Brought> BroughtByAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) =>
        Database.ReadAsync(
            session => session.Rows(
                static row => new Brought(row.GetInt32(0), row.GetInt32(1)), InvitationTables.Brought, campaign.Value.ToBytes(), voter.Value.ToBytes())[0],
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Invitation>> AllAsync(CampaignId campaign, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<Invitation>>(session => session.Rows(InvitationFold.Read, InvitationTables.All, campaign.Value.ToBytes()), cancellation);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
