using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Crash;

/// <summary>A server that is killed during its very first start starts the next time as if nothing had been.</summary>
public class FirstStartTests
{
    public static IEnumerable<object[]> Files => Thorough.Of<object[]>(1, ["journal.db"], ["access.db"], ["texts.db"], ["admin-token"]);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_first_start_that_was_killed_can_be_repeated(string killedWhenThereIs)
    {
        using var folder = new TempFolder();
        var launch = new ServerLaunch(folder.Data) { AdminToken = null };
        await using (var first = ServerProcess.Launch(launch))
        {
            await Eventually.TrueAsync(() => first.HasExited || File.Exists(folder.DataFile(killedWhenThereIs)), killedWhenThereIs);
            await first.KillAsync();
        }
        await using var second = await ServerProcess.StartAsync(launch);
        var token = await File.ReadAllTextAsync(folder.DataFile("admin-token"));
        using var admin = ServerProcess.Connect(second.Address, token.Trim());
        await admin.PrepareAsync(ideas: 2);
        FeedRecount.Of(await admin.FeedAsync()).Events.ShouldBe(3);
    }

    [LinuxFact]
    public async Task The_admin_token_is_in_a_file_only_its_owner_reads_and_stays_the_same()
    {
        using var folder = new TempFolder();
        var launch = new ServerLaunch(folder.Data) { AdminToken = null };
        string token;
        await using (var server = await ServerProcess.StartAsync(launch))
        {
            var path = (await server.Output.LineAsync("Admin token")).Split("Admin token")[1].Trim();
            path.ShouldBe(folder.DataFile("admin-token"));
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            token = await File.ReadAllTextAsync(path);
            server.Output.All.ShouldNotContain(token.Trim());
            using var admin = ServerProcess.Connect(server.Address, token.Trim());
            await admin.PrepareAsync(ideas: 1);
        }
        await using var next = await ServerProcess.StartAsync(launch);
        (await File.ReadAllTextAsync(folder.DataFile("admin-token"))).ShouldBe(token);
    }
}
