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

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_a_line_each_and_no_value_is_shown()
    {
        using var folder = new TempFolder();
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data)
        {
            Urls = "nonsense",
            AdminToken = "too-short-secret",
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["IDEAVOTE_SMTP"] = "mail with-a-password",
                ["IDEAVOTE_DIGEST"] = "hourly",
                ["IDEAVOTE_PROXIES"] = "10.0.0.0/8, 300.1.2.3",
                ["IDEAVOTE_RATE_ADDRESS"] = "fast",
                ["IDEAVOTE_LOG"] = "loud",
                ["IDEAVOTE_DRAIN"] = "a while",
            },
        });
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        var lines = exit.Errors.Trim().Split('\n');
        lines.ShouldAllBe(line => line.StartsWith("IdeaVote stops: ", StringComparison.Ordinal));
        foreach (var name in (string[])["'nonsense'", "IDEAVOTE_ADMIN_TOKEN", "IDEAVOTE_SMTP is", "IDEAVOTE_MAIL_FROM", "IDEAVOTE_SITE", "IDEAVOTE_DIGEST", "'300.1.2.3'", "IDEAVOTE_RATE_ADDRESS", "IDEAVOTE_LOG", "IDEAVOTE_DRAIN"])
            lines.Count(line => line.Contains(name, StringComparison.Ordinal)).ShouldBeGreaterThan(0, name);
        lines.Length.ShouldBe(10);
        exit.Output.ShouldNotContain("too-short-secret");
        exit.Output.ShouldNotContain("with-a-password");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_variable_that_nobody_reads_is_named_with_the_nearest_that_somebody_does()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data)
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["IDEAVOTE_RATE_ADRESS"] = "1/1", ["IDEAVOTE_PORT_5080_TCP"] = "tcp://10.0.0.1:5080", ["IDEAVOTE_URL"] = "x" },
        });
        (await server.TerminateAsync()).Errors.Trim().ShouldBe("IdeaVote warns: IDEAVOTE_RATE_ADRESS is no setting of IdeaVote and is not obeyed; did you mean IDEAVOTE_RATE_ADDRESS?");
    }
}
