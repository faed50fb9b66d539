using System.Net.Sockets;
using System.Text;
using IdeaVote.Faults.Server;
using IdeaVote.Faults.Workload;

namespace IdeaVote.Faults.Scenarios;

/// <summary>Callers who stall in mid request, send a byte now and then, hang up in the middle, or come in thousands: the others do not notice.</summary>
internal static class ClientsScenario
{
    private const int Stalled = 300;

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed);
        await world.BeginAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            // The long run has as many connections as the system lets one process have, 10,000 at most.
            var most = cycles >= 4 ? 10_000 : 500;
            var crowd = new List<TcpClient>();
            try
            {
                for (var i = 0; i < Stalled; i++)
                    crowd.Add(await SendAsync(world.Server, StalledRequest(world.Server, i)));
                while (crowd.Count < most)
                    crowd.Add(await SendAsync(world.Server, ""));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable)
            {
                // As many as this machine has.
            }
            await world.VoteAsync(300, async () =>
            {
                // In the middle of the others' voting, half hang up; the rest stay and say a byte each.
                foreach (var client in crowd.Where((_, i) => i % 2 == 0))
                    client.Client.Close(0);
                foreach (var client in crowd.Where((_, i) => i % 2 == 1).Take(Stalled / 2))
                    await TrySayAsync(client);
                await AbortBodiesAsync(world);
            });
            report.Notes.Add($"{crowd.Count:N0} connections beside the voters, {world.Server.MemoryBytes / 1_000_000} MB");
            foreach (var client in crowd)
                client.Dispose();
            await world.CheckAsync();
            await world.EndAsync();
            world.CheckOutput();
            if (!await world.StartAsync())
                return;
            await world.CheckAsync();
        }
    }

    private static string StalledRequest(FaultyServer server, int number) => (number % 4) switch
    {
        0 => "PUT /api/v1/camp",
        1 => $"GET /healthz/ready HTTP/1.1\r\nHost: {server.Address.Authority}\r\nX-Slow: ",
        2 => $"POST /api/v1/campaigns HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {FaultyLaunch.Token}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"key\":",
        _ => $"POST /api/v1/campaigns/{Api.Campaign}/ballots HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {FaultyLaunch.Token}\r\n"
            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\nFF\r\n{\"voter\":",
    };

    private static async Task<TcpClient> SendAsync(FaultyServer server, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        if (text.Length > 0)
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    private static async Task TrySayAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("x"u8.ToArray());
        }
        catch (IOException)
        {
            // The server had enough of it.
        }
    }

    /// <summary>Votes that hang up at every point before their last byte: none of them may count.</summary>
    private static async Task AbortBodiesAsync(World world)
    {
        var idea = world.Electorate.Ideas.Keys.First();
        var request = $"PUT /api/v1/campaigns/{Api.Campaign}/ideas/{idea}/approval HTTP/1.1\r\nHost: {world.Server.Address.Authority}\r\n"
            + $"Authorization: Bearer {FaultyLaunch.Token}\r\nIdeaVote-Voter: nobody\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"
            + "{\"a\":1}     ";
        for (var length = 1; length < request.Length; length += 7)
            (await SendAsync(world.Server, request[..length])).Client.Close(0);
    }
}
