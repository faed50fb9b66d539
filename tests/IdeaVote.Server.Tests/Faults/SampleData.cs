using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Faults;

/// <summary>Two data folders with votes, to be copied and damaged: one of a server that was killed, one of a server that was stopped.</summary>
public sealed class SampleData : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    /// <summary>Whose votes are in both.</summary>
    internal Crowd Crowd { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            Crowd = new Crowd(await server.Client.PrepareAsync(ideas: 6), seed: 7);
            using var stop = new CancellationTokenSource();
            var voting = Crowd.Vote(server.Client, stop: stop.Token);
            await voting.ReachAsync(400);
            await stop.CancelAsync();
            await voting.EndAsync();
            await server.KillAsync();
        }
        Copy(folder.Data, folder.File("killed"));
        await using (var server = await ServerProcess.StartAsync(folder.Data))
            (await server.TerminateAsync()).Code.ShouldBe(0);
    }

    /// <summary>Copies one of the folders.</summary>
    /// <param name="target">Where to; it must not exist.</param>
    /// <param name="wasKilled">Whether that of the server that was killed.</param>
    public void CopyTo(string target, bool wasKilled = false) => Copy(wasKilled ? folder.File("killed") : folder.Data, target);

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var path in Directory.GetFiles(source))
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
    }
}

/// <summary>The tests that damage the sample share it.</summary>
[CollectionDefinition(Name)]
public sealed class SampleDataUsers : ICollectionFixture<SampleData>
{
    public const string Name = "sample data";
}
