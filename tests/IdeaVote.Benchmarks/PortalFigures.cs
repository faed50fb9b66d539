using System.Net;
using System.Net.Sockets;

namespace IdeaVote.Benchmarks;

/// <summary>
/// The page of a campaign of 10,000 ideas, in turn with a bare Kestrel that answers as many bytes: the processor time that each server's process
/// takes for a page, and pages a second with whoever asks on the same processors. Nothing is compressed by either.
/// </summary>
internal static class PortalFigures
{
    private const int Connections = 16;
    private const int Customers = 64;
    private const int Ideas = 10_000;
    private const int Requests = 4_000;
    private const int Rounds = 5;
    private const int VotesPerSecond = 100;

    public static async Task RunAsync(Report report)
    {
        await using var world = await PortalWorld.StartAsync(Ideas);
        var stranger = PortalWorld.Request(null);
        var customers = new byte[Customers][];
        for (var i = 0; i < Customers; i++)
            customers[i] = await world.CustomerAsync(i);
        ReadOnlyMemory<byte> Customer(int connection, int turn) => customers[(connection + turn * Connections) % Customers];

        await CompareAsync(report, world, "signed out", (_, _) => stranger);
        await CompareAsync(report, world, $"signed in, {Customers} customers in turn, each with a ballot of their own", Customer);

        using var stop = new CancellationTokenSource();
        var voting = VoteAsync(world, stop.Token);
        await CompareAsync(report, world, $"signed out, while {VotesPerSecond} votes a second come in", (_, _) => stranger);
        await CompareAsync(report, world, $"signed in, while {VotesPerSecond} votes a second come in", Customer);
        await stop.CancelAsync();
        await voting;
    }

    private static async Task CompareAsync(Report report, PortalWorld world, string name, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        var bytes = await BytesAsync(world.Server.Address, request(0, 0));
        await using var bare = await ServerProcess.StartAsync("IdeaVote.Benchmarks.dll", [BareKestrel.Command, $"{bytes}"]);
        List<double> ours = [], bares = [], ourTime = [], bareTime = [];
        for (var round = -2; round < Rounds; round++)
        {
            var (rate, time) = await MeasureAsync(world.Server, request);
            var (bareRate, bareMicroseconds) = await MeasureAsync(bare, request);
            // The first two let the compiler finish.
            if (round < 0)
                continue;
            ours.Add(rate);
            ourTime.Add(time);
            bares.Add(bareRate);
            bareTime.Add(bareMicroseconds);
        }
        report.Title($"GET /c/bench, {Ideas:N0} ideas, {name}: {bytes:N0} bytes, {Connections} connections");
        report.Line("IdeaVote, processor time of the server", ourTime, "µs/page");
        report.Line("bare Kestrel, processor time of the server", bareTime, "µs/page");
        report.Ratio("processor time, IdeaVote ÷ bare Kestrel", ourTime, bareTime, "≤ 5");
        report.Line("IdeaVote", ours, "pages/s");
        report.Line("bare Kestrel", bares, "pages/s");
        report.Ratio("bare Kestrel's pages a second ÷ IdeaVote's", bares, ours, "≤ 5");
    }

    private static async Task<(double Rate, double Microseconds)> MeasureAsync(ServerProcess server, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        var before = server.ProcessorMicroseconds;
        var rate = await LoadClient.RunAsync(server.Address, Connections, Requests, request);
        return (rate, (server.ProcessorMicroseconds - before) / Requests);
    }

    private static async Task<int> BytesAsync(Uri server, ReadOnlyMemory<byte> request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return await LoadClient.AskAsync(socket, request);
    }

    private static async Task VoteAsync(PortalWorld world, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / VotesPerSecond));
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(cancellation); i++)
                await world.VoteAsync(i, Ideas);
        }
        catch (OperationCanceledException)
        {
            // All rounds are over.
        }
    }
}
