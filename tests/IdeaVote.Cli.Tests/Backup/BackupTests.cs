using System.Net;

namespace IdeaVote.Cli.Tests.Backup;

/// <summary>What becomes of a backup that does not come whole.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_download_that_breaks_is_begun_anew_and_leaves_what_was_there_if_it_never_ends()
    {
        var path = cli.File("backup.tar", "the last one");
        cli.Api.Intercept = _ => FakeApi.Broken(new string('x', 5_000));

        (await cli.RunAsync("backup", path)).ShouldBe(ExitCodes.Server);

        cli.Api.Requests.Count.ShouldBe(8);
        (await File.ReadAllTextAsync(path)).ShouldBe("the last one");
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("backup.tar")]
    [InlineData("backup.tar.gz")]
    public async Task What_comes_whole_but_is_no_backup_gets_no_name(string name)
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, new string('x', 5_000), "application/x-tar");

        (await cli.RunAsync("backup", cli.PathOf(name))).ShouldBe(ExitCodes.File);

        cli.Error.ShouldContain("no backup");
        Directory.EnumerateFiles(Path.GetDirectoryName(cli.PathOf(name))!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_keeps_its_journal_elsewhere_says_what_to_do()
    {
        cli.Api.Intercept = _ => FakeApi.Problem(409, "backup_elsewhere", "Use pg_dump.");

        (await cli.RunAsync("backup", cli.PathOf("backup.tar"))).ShouldBe(ExitCodes.Server);

        cli.Error.ShouldBe("ideavote: Use pg_dump. (backup_elsewhere)\n");
    }
}
