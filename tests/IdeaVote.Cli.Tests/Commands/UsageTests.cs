namespace IdeaVote.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("import")]
    [InlineData("import x.pb --batch 0")]
    [InlineData("import x.pb --batch 10001")]
    [InlineData("import x.pb --batch many")]
    [InlineData("import x.pb --campaign Not_A_Key")]
    [InlineData("import 漢.pb")]
    [InlineData("leaderboard town")]
    [InlineData("leaderboard town --by luck")]
    [InlineData("leaderboard town --by rating --top 1001")]
    [InlineData("leaderboard town --by rating --format xml")]
    [InlineData("export town --format csv")]
    [InlineData("campaigns --url localhost:5080")]
    [InlineData("campaigns --url ftp://example.com")]
    [InlineData("campaigns --url http://ann:secret@example.com")]
    [InlineData("campaigns --token łoś")]
    [InlineData("token create a")]
    [InlineData("backup")]
    [InlineData("restore x.tar")]
    [InlineData("restore x.tar --check --data somewhere")]
    [InlineData("token create a --scope everything")]
    [InlineData("token create a --scope vote --expires tomorrow")]
    [InlineData("portfolio town --rule --payments")]
    [InlineData("portfolio town --completion --help")]
    [InlineData("leaderboard town --by --top 3")]
    [InlineData("export town --what --output")]
    public async Task A_wrong_command_line_is_code_2_and_sends_nothing(string line)
    {
        (await cli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(2);

        cli.Error.ShouldStartWith("ideavote: ");
        cli.Out.ShouldBe("");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("FILE.pb", "import", "")]
    [InlineData("CAMPAIGN|FILE.pb", "leaderboard", "", "--by", "rating")]
    [InlineData("--output", "export", "town", "--output", "")]
    [InlineData("EXPORT", "verify", "")]
    [InlineData("--head", "verify", "feed.jsonl", "--head", "")]
    [InlineData("--key", "verify", "feed.jsonl", "--key", "")]
    [InlineData("--leaderboard", "verify", "feed.jsonl", "--leaderboard", "")]
    [InlineData("DIR|FILE", "backup", "")]
    [InlineData("BACKUP", "restore", "", "--check")]
    [InlineData("--data", "restore", "x.tar", "--data", "")]
    public async Task A_name_that_is_empty_as_a_script_gives_it_whose_variable_was_never_set_is_code_2(string empty, params string[] line)
    {
        (await cli.RunAsync(line)).ShouldBe(2);

        cli.Error.ShouldBe($"ideavote: {empty} has no value\n");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help", "ideavote leaderboard wola-2023")]
    [InlineData("import --help", "--batch 500")]
    [InlineData("leaderboard --help", "ranking.csv")]
    [InlineData("portfolio --help", "--fund 250000")]
    [InlineData("export --help", "gzip")]
    [InlineData("campaigns --help", "--format json")]
    [InlineData("token --help", "ideavote token revoke")]
    [InlineData("token create --help", "--scope vote:any")]
    [InlineData("token list -h", "ideavote token list")]
    [InlineData("token revoke -?", "ideavote token revoke")]
    public async Task Help_comes_with_examples(string line, string example)
    {
        (await cli.RunAsync(line.Split(' '))).ShouldBe(0);

        var examples = cli.Out.LastIndexOf("Example", StringComparison.Ordinal);
        examples.ShouldBePositive();
        cli.Out[examples..].ShouldContain(example);
        cli.Error.ShouldBe("");
    }

    [Fact]
    public async Task Every_command_is_described()
    {
        var undescribed = All(CliApp.Root(new CliHost { Http = new HttpClient(cli.Api), Out = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null }))
            .SelectMany(command => command.Options.Cast<System.CommandLine.Symbol>().Concat(command.Arguments).Append(command))
            .Where(symbol => string.IsNullOrWhiteSpace(symbol.Description))
            .Select(symbol => symbol.Name);

        undescribed.ShouldBeEmpty();
        (await cli.RunAsync("--version")).ShouldBe(0);
    }

    [Fact]
    public async Task An_argument_may_begin_with_an_at_sign()
    {
        (await cli.RunAsync("import", cli.File("p.pb", Pb.Approval), "--title", "@home")).ShouldBe(0);

        ((string?)cli.Api.Campaigns["p"]["title"]).ShouldBe("@home");
    }

    [Fact]
    public async Task Stopping_is_code_130()
    {
        using var cancel = new CancellationTokenSource();
        cli.Api.Intercept = _ =>
        {
            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        };

        (await cli.RunAsync(cancel.Token, "campaigns")).ShouldBe(130);

        cli.Error.ShouldBe("ideavote: stopped\n");
        cli.Api.Requests.Count.ShouldBe(1);
    }

    private static IEnumerable<System.CommandLine.Command> All(System.CommandLine.Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
