using IdeaVote.Engine.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>
/// Connections of one store to its database. Statements are prepared on their second use. What fails is explained; nothing
/// that writes is ever repeated, because it may have happened.
/// </summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly PostgresAddress address;

    private PostgresDatabase(NpgsqlDataSource source, PostgresAddress address) => (this.source, this.address) = (source, address);

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <exception cref="JournalException">The database can't be used; the message says why and what to do.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connectionString, PostgresSchema schema, CancellationToken cancellation)
    {
        var address = PostgresAddress.Parse(connectionString);
        address.Settings.Options = $"{address.Settings.Options} {schema.SessionOptions}".Trim();
        NpgsqlDataSource? source = null;
        try
        {
            source = NpgsqlDataSource.Create(address.Settings);
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await PostgresServer.CheckAsync(connection, address, cancellation);
            await schema.PrepareAsync(connection, address, cancellation);
            return new PostgresDatabase(source, address);
        }
        catch (Exception e)
        {
            if (source is not null)
                await source.DisposeAsync();
            if (PostgresErrors.IsAboutDatabase(e))
                throw PostgresErrors.Explain(e, address);
            // What the settings contradict each other in is found only here, and said without quoting them.
            if (e is ArgumentException or NotSupportedException)
                throw new JournalException("The settings in the connection string of the PostgreSQL journal do not go together. Try fewer of them.");
            throw;
        }
    }

    /// <summary>Where it is, for people to read.</summary>
    public string Location => address.ToString();

    /// <summary>Reads; once more on another connection if the first one turns out to be dead, as all are after the server restarted.</summary>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await OnceAsync(read, cancellation);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return await ExplainedAsync(() => OnceAsync(read, cancellation));
        }
        catch (Exception e) when (PostgresErrors.IsAboutDatabase(e))
        {
            throw PostgresErrors.Explain(e, address);
        }
    }

    /// <summary>Writes. Once it has a connection it no longer obeys the cancellation: it can't be told what has happened already.</summary>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await ExplainedAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await write(connection);
        });
    }

    /// <summary>Writes in one transaction.</summary>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public ValueTask<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> write, CancellationToken cancellation) => WriteAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            var result = await write(connection);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        cancellation);

    /// <summary>Gives back the room of deleted rows of a table, and takes them out of its indexes, however long that takes.</summary>
    /// <exception cref="JournalException">It failed; the rows are deleted nevertheless.</exception>
    public async ValueTask VacuumAsync(string table) => await WriteAsync(
        async connection =>
        {
            await using var command = connection.Command($"VACUUM (INDEX_CLEANUP ON) {table}");
            command.CommandTimeout = 0;
            return await command.ExecuteNonQueryAsync(CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>The value of a setting, as the server itself reports it for a connection like the ones that write.</summary>
    public ValueTask<string> ReadSettingAsync(string name, CancellationToken cancellation) => ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command("SELECT current_setting($1)").With(name);
            return (string)(await command.ExecuteScalarAsync(stop))!;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> OnceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await read(connection, cancellation);
    }

    private async Task<T> ExplainedAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (PostgresErrors.IsAboutDatabase(e))
        {
            throw PostgresErrors.Explain(e, address);
        }
    }
}
