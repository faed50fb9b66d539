using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Faults;

/// <summary>A disk that fills up while votes come in.</summary>
public class DiskFullTests
{
    // A mebibyte: room for the tables of a new folder and a few hundred commits.
    private const int FileBlocks = 2_048;

    [LinuxFact]
    public async Task A_file_that_can_grow_no_more_costs_no_acknowledged_vote()
    {
        using var folder = new TempFolder();
        Crowd crowd;
        await using (var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data) { FileLimit = FileBlocks }))
        {
            crowd = new Crowd(await server.Client.PrepareAsync(ideas: 6), seed: 41);
            var voting = crowd.Vote(server.Client);
            await voting.EndAsync();
            voting.Refusals.ShouldNotBeEmpty();
            voting.Refusals.ShouldAllBe(code => code == "outcome_unknown");
            ShouldHaveStopped(await server.ExitAsync(), folder.Data);
        }
        await using var next = await ServerProcess.StartAsync(folder.Data);
        await Truth.CheckAsync(next.Client, crowd);
    }

    [SmallDiskFact]
    public async Task A_full_disk_costs_no_acknowledged_vote()
    {
        using var folder = new TempFolder();
        using var disk = new SmallDisk(folder.Data, "3m");
        Crowd crowd;
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            crowd = new Crowd(await server.Client.PrepareAsync(ideas: 6), seed: 42);
            var voting = crowd.Vote(server.Client);
            await voting.EndAsync();
            voting.Acknowledged.ShouldBePositive();
            var exit = await server.ExitAsync();
            ShouldHaveStopped(exit, folder.Data);
            exit.Errors.ShouldContain("The disk is full");
        }
        disk.Resize("64m");
        await using var next = await ServerProcess.StartAsync(folder.Data);
        await Truth.CheckAsync(next.Client, crowd);
        (await next.TerminateAsync()).Code.ShouldBe(0);
    }

    [SmallDiskFact]
    public async Task A_disk_too_small_to_begin_on_is_named()
    {
        using var folder = new TempFolder();
        using var disk = new SmallDisk(folder.Data, "64k");
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data));
        ShouldHaveStopped(exit, folder.Data);
        disk.Resize("64m");
        await using var next = await ServerProcess.StartAsync(folder.Data);
        (await next.TerminateAsync()).Code.ShouldBe(0);
    }

    private static void ShouldHaveStopped(Exit exit, string folder)
    {
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.Errors.ShouldContain("IdeaVote stops: ");
        exit.Errors.ShouldContain(folder);
        exit.Output.ShouldNotContain("   at ");
    }
}
