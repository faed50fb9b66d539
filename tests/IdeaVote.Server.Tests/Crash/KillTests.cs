using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Crash;

/// <summary>What happens to votes when the process is killed while they come in.</summary>
public class KillTests
{
    private const int Ideas = 12;

    // IDEAVOTE_LONG=1 asks for a long night instead of a moment: more kills, and more votes before each. IdeaVote.Faults kills in more ways.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IDEAVOTE_LONG") == "1";
    private static readonly int Cycles = IsLong ? 200 : Thorough.IsWanted ? 5 : 2;
    private static readonly int MostVotes = IsLong ? 1_500 : 300;

    [Fact]
    public async Task Every_acknowledged_vote_survives_kill_9_under_load()
    {
        const int Seed = 20_261_121;
        using var folder = new TempFolder();
        var random = new Random(Seed);
        var server = await ServerProcess.StartAsync(folder.Data);
        try
        {
            var crowd = new Crowd(await server.Client.PrepareAsync(Ideas), Seed);
            for (var cycle = 0; cycle < Cycles; cycle++)
            {
                var voting = crowd.Vote(server.Client);
                await voting.ReachAsync(random.Next(1, MostVotes));
                await server.KillAsync();
                await voting.EndAsync();
                await server.DisposeAsync();

                server = await ServerProcess.StartAsync(folder.Data);
                await Truth.CheckAsync(server.Client, crowd);
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
