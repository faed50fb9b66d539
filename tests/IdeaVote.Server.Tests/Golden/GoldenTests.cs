using System.Formats.Tar;
using System.IO.Compression;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Import;

namespace IdeaVote.Server.Tests.Golden;

/// <summary>
/// Data folders and backups as earlier versions wrote them, which this one must open. Beside this file, for each version: its folder, a backup, and what
/// its server said. <c>IDEAVOTE_GOLDEN=0.2.0 dotnet test tests/IdeaVote.Server.Tests --filter Golden</c> adds those of today under that name.
/// </summary>
public class GoldenTests
{
    private static readonly string Folder = Repository.PathOf("tests", "IdeaVote.Server.Tests", "Golden");

    public static TheoryData<string> Versions => [.. Directory.GetFiles(Folder, "*.folder.tar.gz").Select(path => Path.GetFileName(path)[..^".folder.tar.gz".Length])];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_folder_of_an_earlier_version_says_what_it_said_then(string version)
    {
        using var folder = new TempFolder();
        var (token, said) = await SaidAsync(version);
        await UnpackAsync(PathOf(version, "folder.tar.gz"), folder.Data);
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            (await GoldenWorld.DescribeAsync(server, token, folder)).ShouldBe(said);
            (await server.TerminateAsync()).Errors.ShouldBeEmpty();
        }
    }

    [ThoroughTheory]
    [MemberData(nameof(Versions))]
    public async Task A_backup_of_an_earlier_version_restores_to_what_it_said_then(string version)
    {
        using var folder = new TempFolder();
        var (token, said) = await SaidAsync(version);
        var command = new CommandLine(new Uri("http://localhost:1"));
        (await command.RunAsync("restore", PathOf(version, "backup.tar.gz"), "--data", folder.Data)).ShouldBe(ExitCodes.Done, command.Output);
        // Everything is counted from the journal, and every projection made anew.
        await using var server = await ServerProcess.StartAsync(folder.Data);
        (await GoldenWorld.DescribeAsync(server, token, folder)).ShouldBe(said);
    }

    [ThoroughTheory]
    [InlineData("journal.db")]
    [InlineData("texts.db")]
    [InlineData("access.db")]
    [InlineData("accounts.db")]
    public async Task A_file_of_a_version_that_is_not_known_yet_is_named_and_left_alone(string name)
    {
        using var folder = new TempFolder();
        await UnpackAsync(Directory.GetFiles(Folder, "*.folder.tar.gz")[0], folder.Data);
        DataFile.Execute(folder.DataFile(name), "PRAGMA user_version = 99");

        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data));

        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain(folder.DataFile(name));
        exit.Errors.ShouldContain("or a newer one");
        DataFile.ReadNumber(folder.DataFile(name), "PRAGMA user_version").ShouldBe(99);
    }

    [GoldenFact]
    public async Task Today_s_folder_and_backup_are_added()
    {
        using var folder = new TempFolder();
        var version = GoldenFactAttribute.Version!;
        File.Exists(PathOf(version, "said.txt")).ShouldBeFalse("what was released is never written again");
        string token, said;
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            token = await GoldenWorld.MakeAsync(server);
            said = await GoldenWorld.DescribeAsync(server, token, folder);
            var command = new CommandLine(server.Address);
            (await command.RunAsync("backup", PathOf(version, "backup.tar.gz"))).ShouldBe(ExitCodes.Done, command.Output);
            (await server.TerminateAsync()).Code.ShouldBe(0);
        }
        await using (var file = File.Create(PathOf(version, "folder.tar.gz")))
        {
            await using var zipped = new GZipStream(file, CompressionLevel.SmallestSize);
            await TarFile.CreateFromDirectoryAsync(folder.Data, zipped, includeBaseDirectory: false);
        }
        await File.WriteAllTextAsync(PathOf(version, "said.txt"), $"{token}\n{said}");
    }

    private static string PathOf(string version, string what) => Path.Combine(Folder, $"{version}.{what}");

    private static async Task<(string Token, string Said)> SaidAsync(string version)
    {
        var parts = (await File.ReadAllTextAsync(PathOf(version, "said.txt"))).Split('\n', 2);
        return (parts[0], parts[1]);
    }

    private static async Task UnpackAsync(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var file = File.OpenRead(archive);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, folder, overwriteFiles: false);
    }
}

/// <summary>Runs only where the environment names the version whose files are to be added.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute()
    {
        if (Version is null)
            Skip = "Adds files at a release, when IDEAVOTE_GOLDEN names its version.";
    }

    public static string? Version => Environment.GetEnvironmentVariable("IDEAVOTE_GOLDEN");
}
