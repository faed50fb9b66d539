using System.Net.Sockets;
using IdeaVote.Engine.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>Says in plain words what went wrong with a database and what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether an exception is about the database or the way to it, so that <see cref="Explain"/> knows what to say.</summary>
    public static bool IsAboutDatabase(Exception e) => e is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>Explains an exception in one line.</summary>
    public static JournalException Explain(Exception e, PostgresAddress address)
    {
        var text = e is PostgresException refused ? OfServer(refused, address) : OfConnection(e, address);
        return new JournalException($"{text} ({Original(e)})", e);
    }

    private static string OfServer(PostgresException e, PostgresAddress address) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL on {address.Host} does not let the user {address.User} in. Check user name and password, and the server's pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL on {address.Host} has no database {address.Database}. Make it: createdb -O {address.User} {address.Database}",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user {address.User} lacks a right in the database {address}. Let it own the database, or its schema {address.Schema} and the tables there.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"The database {address} can only be read: it is a standby or set so. Name the primary server.",
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
            $"PostgreSQL on {address.Host} has no connection left. Raise its max_connections, or set Maximum Pool Size in the connection string.",
        PostgresErrorCodes.DiskFull =>
            $"The disk of PostgreSQL on {address.Host} is full. Free some space, then start again; nothing that was acknowledged is lost.",
        PostgresErrorCodes.OutOfMemory =>
            $"PostgreSQL on {address.Host} is out of memory. Give it more, then start again.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"PostgreSQL on {address.Host} is starting or stopping. Start again when it runs; nothing that was acknowledged is lost.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            $"PostgreSQL finds the database {address} damaged. Stop the server and restore it from a backup.",
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable =>
            $"PostgreSQL on {address.Host} took too long. See what keeps it busy, then start again.",
        _ => $"The database {address} can't be used as it should. If it goes on, report this with the message.",
    };

    private static string OfConnection(Exception e, PostgresAddress address)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return $"No machine is known as {address.Host}. Check the Host in the connection string.";
                case SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.Shutdown) }:
                    return $"PostgreSQL can't be reached at {address.Host}. Check that it runs there and takes connections.";
                case TimeoutException:
                    return $"PostgreSQL at {address.Host} did not answer in time. See what keeps it busy, or the way to it, then start again.";
                case EndOfStreamException or IOException:
                    return $"The connection to PostgreSQL at {address.Host} was lost. Start again when it runs; nothing that was acknowledged is lost.";
                default:
                    break;
            }
        }
        return e.Message.Contains("No password", StringComparison.Ordinal)
            ? $"PostgreSQL on {address.Host} asks for a password. Give one in the connection string, in PGPASSWORD or in a .pgpass file."
            : $"The database {address} can't be used: check the connection string, and that PostgreSQL runs.";
    }

    private static string Original(Exception e)
    {
        var text = e is PostgresException refused ? $"PostgreSQL {refused.SqlState}: {refused.MessageText}" : e.Message;
        return text.ReplaceLineEndings(" ");
    }
}
