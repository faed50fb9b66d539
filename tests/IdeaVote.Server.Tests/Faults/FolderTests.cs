namespace IdeaVote.Server.Tests.Faults;

/// <summary>A server that can't have its folder for itself, or can't write to it, says so and ends.</summary>
public class FolderTests
{
    [Fact]
    public async Task A_second_server_on_the_same_folder_ends_and_names_it()
    {
        using var folder = new TempFolder();
        await using var first = await ServerProcess.StartAsync(folder.Data);
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data));
        exit.Code.ShouldBe(ServerCommand.Failed);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain($"The data folder {folder.Data} is in use by another process.");
        using var alive = await first.Client.GetAsync(new Uri("healthz/ready", UriKind.Relative));
        alive.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_folder_can_be_used_again_after_its_server_was_killed()
    {
        using var folder = new TempFolder();
        await using (var first = await ServerProcess.StartAsync(folder.Data))
            await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(folder.Data);
        second.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_below_a_file_is_refused()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("note"), "no folder");
        await ShouldRefuseAsync(Path.Combine(folder.File("note"), "data"));
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_refused()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Data, "no folder");
        await ShouldRefuseAsync(folder.Data);
    }

    [LinuxFact]
    public Task A_folder_where_nobody_can_make_files_is_refused() => ShouldRefuseAsync("/proc/ideavote");

    [OrdinaryUserFact]
    public async Task A_read_only_folder_is_refused()
    {
        using var folder = new TempFolder();
        var data = Directory.CreateDirectory(folder.Data);
        data.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        await ShouldRefuseAsync(folder.Data);
        data.UnixFileMode |= UnixFileMode.UserWrite;
    }

    [OrdinaryUserFact]
    public async Task A_read_only_journal_is_refused()
    {
        using var folder = new TempFolder();
        await using (var server = await ServerProcess.StartAsync(folder.Data))
            (await server.TerminateAsync()).Code.ShouldBe(0);
        File.SetUnixFileMode(folder.DataFile("journal.db"), UnixFileMode.UserRead);
        await ShouldRefuseAsync(folder.Data, folder.DataFile("journal.db"));
    }

    private static async Task ShouldRefuseAsync(string data, string? named = null)
    {
        var exit = await ServerProcess.RunAsync(new ServerLaunch(data));
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain(named ?? data);
    }
}
