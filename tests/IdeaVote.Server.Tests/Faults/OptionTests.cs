namespace IdeaVote.Server.Tests.Faults;

/// <summary>A server that is told nonsense says so in a line and ends.</summary>
public class OptionTests
{
    [Fact]
    public async Task An_unknown_option_is_named()
    {
        using var folder = new TempFolder();
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data) { More = ["--dmeo"] });
        exit.Code.ShouldNotBe(0);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain("--dmeo");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_named(string address)
    {
        using var folder = new TempFolder();
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data) { Urls = address });
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain($"'{address}'");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TempFolder();
        await using var first = await ServerProcess.StartAsync(folder.Data);
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.File("other")) { Urls = first.Address.OriginalString });
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain($"{first.Address.Port}");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_short_admin_token_is_refused_without_showing_it(string token)
    {
        using var folder = new TempFolder();
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data) { AdminToken = token });
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain("IDEAVOTE_ADMIN_TOKEN");
        exit.Errors.ShouldContain("32");
    }

    [Fact]
    public async Task An_admin_token_file_that_was_cut_short_is_named()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.DataFile("admin-token"), "iv_abc\n");
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data) { AdminToken = null });
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Errors.ShouldContain(folder.DataFile("admin-token"));
    }
}
