using IdeaVote.Faults.Disk;
using IdeaVote.Faults.Server;
using IdeaVote.Faults.Workload;

namespace IdeaVote.Faults.Scenarios;

/// <summary>A data folder, those who vote, and the servers that come and go on it.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private FaultyServer? server;

    /// <summary>Makes a folder and those who will vote; starts nothing.</summary>
    /// <param name="report">Where to say what is wrong.</param>
    /// <param name="seed">Decides what everybody does.</param>
    /// <param name="hasFaultyDisk">Whether the disk can be made to fail.</param>
    public World(Report report, int seed, bool hasFaultyDisk = false)
    {
        (Report, Random) = (report, new Random(seed));
        Electorate = new Electorate(report, seed);
        Directory.CreateDirectory(folder.Data);
        if (!hasFaultyDisk)
            return;
        Control = new FaultControl(folder.File("control"));
        Disk = new ImaginedDisk(folder.Data, folder.File("trace"));
    }

    public Report Report { get; }

    public Random Random { get; }

    public Electorate Electorate { get; }

    public FaultControl? Control { get; }

    public ImaginedDisk? Disk { get; }

    /// <summary>The memory of servers that are started, in MiB; null for no limit.</summary>
    public int? HeapMib { get; set; }

    public string Data => folder.Data;

    /// <summary>The server that runs.</summary>
    public FaultyServer Server => server ?? throw new InvalidOperationException("No server runs.");

    public HttpClient Client => Server.Client;

    /// <summary>Starts a server and waits for nothing.</summary>
    public async Task<FaultyServer> LaunchAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        // Before the next one goes on with the trace: a kill may have come before the last change in it was made.
        Disk?.CatchUp();
        return server = FaultyServer.Launch(new FaultyLaunch(Data) { Control = Control, Trace = Control is null ? null : folder.File("trace"), HeapMib = HeapMib });
    }

    /// <summary>Starts a server, which must serve.</summary>
    /// <returns>Whether it does; why not is noted.</returns>
    public async Task<bool> StartAsync()
    {
        await LaunchAsync();
        if (await Server.IsUpAsync())
            return true;
        Report.Find(Wrong.Unexplained, $"a server that should serve ended with {Server.ExitCode}: {Server.Errors}");
        return false;
    }

    /// <summary>Starts the first server and opens the campaign.</summary>
    public async Task BeginAsync()
    {
        if (!await StartAsync())
            throw new InvalidOperationException(Report.Findings[^1].What);
        await Electorate.BeginAsync(Client);
    }

    /// <summary>Votes until so many votes are acknowledged, or the server is gone; does something then and waits for everybody.</summary>
    public async Task VoteAsync(int votes, Func<Task> then)
    {
        using var stop = new CancellationTokenSource();
        var voting = Electorate.Vote(Client, stop.Token);
        await voting.ReachAsync(votes);
        await then();
        await stop.CancelAsync();
        await voting.EndAsync();
    }

    public Task CheckAsync(bool verify = false) => Truth.CheckAsync(Client, Electorate, Report, verify);

    /// <summary>Kills the server.</summary>
    public async Task KillAsync()
    {
        await Server.KillAsync();
        CheckOutput();
    }

    /// <summary>Asks the server to end; it must, in good order.</summary>
    public async Task EndAsync()
    {
        Server.AskToEnd();
        await ExitAsync();
        if (Server.ExitCode != 0 || Server.Errors.Length > 0)
            Report.Find(Wrong.Unexplained, $"a server that was asked to end ended with {Server.ExitCode}: {Server.Errors}");
    }

    /// <summary>Waits for a server that must stop by itself and say why in one line.</summary>
    /// <param name="says">What the line must hold.</param>
    public async Task StopsAsync(params string[] says)
    {
        await ExitAsync();
        var errors = Server.Errors.Trim();
        if (Server.ExitCode != IdeaVote.Server.ServerCommand.Failed || !errors.StartsWith("IdeaVote stops: ", StringComparison.Ordinal) || errors.Contains('\n', StringComparison.Ordinal)
            || !says.All(part => errors.Contains(part, StringComparison.Ordinal)))
        {
            Report.Find(Wrong.Unexplained, $"the server stopped with {Server.ExitCode} and said: {errors}");
        }
        CheckOutput();
    }

    /// <summary>Waits until the process has ended; one that does not hangs.</summary>
    public async Task ExitAsync()
    {
        try
        {
            await Server.ExitAsync();
        }
        catch (TimeoutException)
        {
            Report.Find(Wrong.Unexplained, "the server did not end");
            await Server.KillAsync();
        }
    }

    /// <summary>Loses power: what was not synced is gone, and the disk is well again. The server must have ended.</summary>
    /// <param name="isLucky">Whether parts of it are not.</param>
    public void LosePower(bool isLucky)
    {
        Control!.Heal();
        Disk!.CatchUp();
        Disk.LosePower(isLucky ? Random : null);
    }

    /// <summary>Nothing that a server writes for people shows its inside.</summary>
    public void CheckOutput()
    {
        if (Server.Output.Split('\n').FirstOrDefault(line => line.StartsWith("   at ", StringComparison.Ordinal) || line.Contains("Unhandled", StringComparison.Ordinal)) is { } line)
            Report.Find(Wrong.Unexplained, $"the server wrote: {line} … {Server.Output[..Math.Min(Server.Output.Length, 4_000)]}");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        Control?.Dispose();
        folder.Dispose();
    }
}
