using System.Diagnostics;

namespace IdeaVote.Storage.Postgres.Tests.Server;

/// <summary>
/// A PostgreSQL of these tests' own: in a temporary folder, reached by a socket in it, gone afterwards. PostgreSQL refuses to
/// run as root, so there it runs as the user that its package made.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    public const string User = "tester";

    /// <summary>Looks like nothing else, so that it can be searched for where no password may be.</summary>
    public const string Password = "pass;word='QzX9' of=tests";

    private const string OrdinaryUser = "postgres";

    private readonly string folder = Directory.CreateTempSubdirectory("ideavote-pg-").FullName;

    private PostgresServer()
    {
    }

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="settings">More lines for its configuration.</param>
    public static PostgresServer Start(params string[] settings)
    {
        var server = new PostgresServer();
        try
        {
            server.Initialize(settings);
            server.Control("start");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>How to connect to a database of it.</summary>
    public string ConnectionString(string database, string? password = Password) => new Npgsql.NpgsqlConnectionStringBuilder
    {
        Host = folder,
        Database = database,
        Username = User,
        Password = password,
    }.ToString();

    /// <summary>Makes a database.</summary>
    public void Create(string database, params string[] options) => Run("createdb", ["-h", folder, "-U", User, .. options, database]);

    /// <summary>Runs SQL as the owner of everything.</summary>
    /// <returns>What it answers, without headings.</returns>
    public string Sql(string database, string sql) => Run("psql", ["-h", folder, "-U", User, "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]).Trim();

    /// <summary>Ends it as a crash would, and starts it again; returns when it has recovered.</summary>
    public void Crash() => Control("restart", "-m", "immediate");

    /// <summary>Stops it at once.</summary>
    public void Stop() => Control("stop", "-m", "immediate");

    /// <summary>Starts it again.</summary>
    public void StartAgain() => Control("start");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Stop();
        Directory.Delete(folder, recursive: true);
    }

    private void Initialize(string[] settings)
    {
        var password = Path.Combine(folder, "password");
        File.WriteAllText(password, Password + "\n");
        if (Environment.IsPrivilegedProcess)
            Start("chown", ["-R", OrdinaryUser, folder]);
        Run("initdb", ["-D", Data, "-U", User, "--pwfile", password, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"]);
        File.AppendAllLines(
            Path.Combine(Data, "postgresql.conf"),
            ["listen_addresses = ''", $"unix_socket_directories = '{folder}'", "shared_buffers = 32MB", .. settings]);
    }

    private void Control(string what, params string[] options) =>
        Run("pg_ctl", [what, "-w", "-t", "120", "-s", "-D", Data, "-l", Path.Combine(folder, "log"), .. options]);

    private static string Run(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? Start("runuser", ["-u", OrdinaryUser, "--", PostgresBinaries.Path(program), .. arguments])
        : Start(PostgresBinaries.Path(program), arguments);

    private static string Start(string program, string[] arguments)
    {
        // Into files, not pipes: the server keeps what it inherits open for as long as it runs.
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, program, .. arguments])
            {
                UseShellExecute = false,
                WorkingDirectory = Path.GetTempPath(),
            };
            start.Environment["PGPASSWORD"] = Password;
            start.Environment["LC_ALL"] = "C";
            using var process = Process.Start(start)!;
            process.WaitForExit();
            var text = File.ReadAllText(output);
            return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} failed: {text}");
        }
        finally
        {
            File.Delete(output);
        }
    }
}
