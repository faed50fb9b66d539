using IdeaVote.Engine.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>Where a database is and how this product connects to it. Its text never holds the password.</summary>
internal sealed class PostgresAddress
{
    /// <summary>The schema that holds the tables, unless the connection string names another one as its search path.</summary>
    public const string DefaultSchema = "ideavote";

    // Of the 100 connections a server has by default, three stores of two servers must leave some to others.
    private const int Connections = 12;
    private const int NpgsqlDefaultConnections = 100;

    private PostgresAddress(NpgsqlConnectionStringBuilder settings) => Settings = settings;

    /// <summary>The settings to connect with; they hold the password.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>The schema of the tables.</summary>
    public string Schema => Settings.SearchPath!;

    /// <summary>The account.</summary>
    public string User => Settings.Username ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName;

    /// <summary>The database.</summary>
    public string Database => Settings.Database ?? Environment.GetEnvironmentVariable("PGDATABASE") ?? User;

    /// <summary>The machine and port, or the folder of the socket.</summary>
    public string Host => Settings.Host switch
    {
        null => "localhost",
        ['/', ..] folder => folder,
        var host => $"{host}:{Settings.Port}",
    };

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="JournalException">It is none. The message quotes nothing of it: a part of a password may be what is wrong.</exception>
    public static PostgresAddress Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw new JournalException(
                "The connection string of the PostgreSQL journal can't be read. Write it like Host=localhost;Database=ideavote;Username=ideavote;Password=…, with a value that holds ; or = in quotes.");
        }
        settings.SearchPath ??= DefaultSchema;
        if (!IsPlainName(settings.SearchPath))
            throw new JournalException("The connection string's Search Path must name one schema, in lower-case letters, digits and underscores.");
        settings.ApplicationName ??= "IdeaVote";
        // The session's own defaults, to which it returns whenever the pool resets it: what is acknowledged is on disk.
        settings.Options = $@"{settings.Options} -c synchronous_commit=on -c default_transaction_isolation=read\ committed".Trim();
        settings.Enlist = false;
        if (settings.MaxPoolSize == NpgsqlDefaultConnections)
            settings.MaxPoolSize = Connections;
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 40;
            settings.AutoPrepareMinUsages = 2;
        }
        // Nothing of a row, and no password, is to end up in a message or a log.
        settings.IncludeErrorDetail = false;
        settings.LogParameters = false;
        settings.PersistSecurityInfo = false;
        return new PostgresAddress(settings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Database} on {Host}";

    private static bool IsPlainName(string name) =>
        name is [(>= 'a' and <= 'z') or '_', ..] && name.Length <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
