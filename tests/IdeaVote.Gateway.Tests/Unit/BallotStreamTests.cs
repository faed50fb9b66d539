using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Ballots;
using IdeaVote.Gateway.Tests.Unit.Support;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class BallotStreamTests
{
    private static readonly PipeOptions Unbounded = new(pauseWriterThreshold: 0);

    private readonly Pipe body = new(Unbounded);
    private readonly Pipe answer = new(Unbounded);

    [Fact]
    public async Task Every_line_gets_its_result_in_order()
    {
        var election = new TinyElection();

        var results = await SendAsync(election,
            """
            {"line":10,"voter":"a","approve":["ref:A","ref:B"]}
            {"voter":"b","approve":["ref:A"]}
            nonsense

            {"line":50,"voter":"c","approve":["ref:none"]}
            {"line":60,"voter":"a","approve":["ref:A","ref:B"]}
            """);

        results.ShouldBe(["10 counted", "2 counted", "3 refused malformed_json", "50 refused idea_not_found approve[0]", "60 unchanged"]);
        (election.Approvals("A"), election.Approvals("B")).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Of_two_ballots_of_one_voter_the_later_counts()
    {
        var election = new TinyElection();
        var lines = string.Concat(Enumerable.Range(0, 501).Select(i => $$"""{"voter":"a","approve":["ref:{{(i % 2 == 0 ? "A" : "B")}}"]}""" + "\n"));

        var results = await SendAsync(election, lines);

        results.Count(result => result.EndsWith("counted", StringComparison.Ordinal)).ShouldBe(501);
        (election.Approvals("A"), election.Approvals("B")).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Sent_again_everything_is_unchanged()
    {
        var election = new TinyElection();
        var lines = string.Concat(Enumerable.Range(0, 3_000).Select(i => $$$"""{"voter":"v{{{i}}}","approve":["ref:A"],"rate":{"ref:B":{"overall":4}},"invest":{"ref:C":7}}""" + "\n"));

        (await SendAsync(election, lines)).ShouldAllBe(result => result.EndsWith("counted", StringComparison.Ordinal));
        (await new BallotStreamTests().SendAsync(election, lines)).ShouldAllBe(result => result.EndsWith("unchanged", StringComparison.Ordinal));

        election.Approvals("A").ShouldBe(3_000);
    }

    [Fact]
    public async Task Results_come_while_the_sender_is_still_sending()
    {
        var stream = new TinyElection().Stream();
        var running = stream.RunAsync(body.Reader, answer.Writer, CancellationToken.None, CancellationToken.None);

        for (var i = 1; i <= 3; i++)
        {
            await body.Writer.WriteAsync(Encoding.UTF8.GetBytes($$"""{"voter":"v{{i}}","approve":["ref:A"]}""" + "\n"));
            var read = await answer.Reader.ReadAsync();
            Encoding.UTF8.GetString(read.Buffer).ShouldBe($$"""{"line":{{i}},"status":"counted"}""" + "\n");
            answer.Reader.AdvanceTo(read.Buffer.End);
        }

        await body.Writer.CompleteAsync();
        await running;
    }

    [Fact]
    public async Task A_sender_who_reads_nothing_before_the_end_does_not_stop_the_reading()
    {
        const int Lines = 20_000;
        var election = new TinyElection();
        var narrow = new Pipe(new PipeOptions(pauseWriterThreshold: 1_024, resumeWriterThreshold: 512));
        var running = election.Stream().RunAsync(body.Reader, narrow.Writer, CancellationToken.None, CancellationToken.None);

        // With a narrow answer that nobody reads, the body must still be taken to its end.
        var line = new StringBuilder();
        for (var i = 0; i < Lines; i++)
            await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(line.Clear().Append(CultureInfo.InvariantCulture, $"{{\"voter\":\"v{i % 50}\",\"approve\":[\"ref:A\"]}}\n").ToString()));
        await body.Writer.CompleteAsync();

        var reading = ReadAsync(narrow.Reader);
        await running;
        await narrow.Writer.CompleteAsync();
        (await reading).Count.ShouldBe(Lines);
    }

    [Fact]
    public async Task No_more_than_the_window_is_with_the_engine_at_once()
    {
        var release = new TaskCompletionSource();
        var election = new TinyElection();
        election.Engine.Hold = release.Task;
        var lines = string.Concat(Enumerable.Range(0, 5_000).Select(i => $$"""{"voter":"v{{i}}","approve":["ref:A"]}""" + "\n"));

        var sending = SendAsync(election, lines);
        while (election.Engine.MostWaiting < BallotStream.Window)
            await Task.Yield();
        release.SetResult();

        (await sending).Count.ShouldBe(5_000);
        // One is in the collector's hand and one in the reader's, besides those between them.
        election.Engine.MostWaiting.ShouldBeInRange(BallotStream.Window, BallotStream.Window + 2);
    }

    [Theory]
    [InlineData("""{"voter":"b","approve":["ref:A"]""")]
    [InlineData("""{"voter":"b","approve":["ref:A"]}""")]
    public async Task A_body_that_breaks_off_in_mid_line_refuses_that_line_only(string last)
    {
        var election = new TinyElection();
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes("{\"voter\":\"a\",\"approve\":[\"ref:A\"]}\n" + last));
        var running = election.Stream().RunAsync(body.Reader, answer.Writer, CancellationToken.None, CancellationToken.None);
        await body.Writer.CompleteAsync(new BadHttpRequestException("Unexpected end of request content."));
        await running;
        await answer.Writer.CompleteAsync();

        (await ReadAsync(answer.Reader)).ShouldBe(["1 counted", "2 refused incomplete_line"]);
        election.Approvals("A").ShouldBe(1);
    }

    [Fact]
    public async Task A_last_line_without_a_break_counts_if_it_is_whole()
    {
        var election = new TinyElection();

        (await SendAsync(election, """{"voter":"a","approve":["ref:A"]}""")).ShouldBe(["1 counted"]);
        (await new BallotStreamTests().SendAsync(election, """{"voter":"b","approve":["ref:""")).ShouldBe(["1 refused incomplete_line"]);
    }

    [Fact]
    public async Task When_the_caller_is_gone_everything_comes_to_rest()
    {
        var gone = new CancellationTokenSource();
        var election = new TinyElection();
        var running = election.Stream().RunAsync(body.Reader, answer.Writer, CancellationToken.None, gone.Token);
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes("{\"voter\":\"a\",\"approve\":[\"ref:A\"]}\n{\"voter\":"));

        await gone.CancelAsync();

        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task When_the_server_stops_what_was_read_still_gets_its_result()
    {
        var stopping = new CancellationTokenSource();
        var running = new TinyElection().Stream().RunAsync(body.Reader, answer.Writer, stopping.Token, CancellationToken.None);
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes("{\"voter\":\"a\",\"approve\":[\"ref:A\"]}\n"));
        var read = await answer.Reader.ReadAsync();
        Encoding.UTF8.GetString(read.Buffer).ShouldContain("counted");

        await stopping.CancelAsync();

        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task On_a_roll_only_those_on_it_vote_and_the_roll_knows_their_segment()
    {
        var election = new TinyElection(WhoMayVote.Roll);
        var (inRoll, silent) = (election.Pseudonyms.Voter(election.Campaign, "a"), election.Pseudonyms.Voter(election.Campaign, "b"));
        var north = election.Pseudonyms.Segment(election.Campaign, "north");
        election.Roll.Entries[inRoll] = new RollEntry(inRoll, north);
        election.Roll.Entries[silent] = new RollEntry(silent, null);

        var results = await SendAsync(election,
            """
            {"voter":"a","segment":"south","approve":["ref:A"]}
            {"voter":"b","segment":"south","approve":["ref:A"]}
            {"voter":"c","approve":["ref:A"]}
            """);

        results.ShouldBe(["1 counted", "2 counted", "3 refused not_eligible"]);
        election.Voter("a").Segment.ShouldBe(north);
        election.Voter("b").Segment.ShouldBe(election.Pseudonyms.Segment(election.Campaign, "south"));
    }

    private async Task<List<string>> SendAsync(TinyElection election, string lines)
    {
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(lines));
        await body.Writer.CompleteAsync();
        await election.Stream().RunAsync(body.Reader, answer.Writer, CancellationToken.None, CancellationToken.None);
        await answer.Writer.CompleteAsync();
        return await ReadAsync(answer.Reader);
    }

    private static async Task<List<string>> ReadAsync(PipeReader answer)
    {
        using var lines = new StreamReader(answer.AsStream());
        var results = new List<string>();
        while (await lines.ReadLineAsync() is { } line)
        {
            var json = JsonDocument.Parse(line).RootElement;
            string[] parts = [.. new[] { "line", "status", "code", "field" }.Select(name => json.TryGetProperty(name, out var value) ? value.ToString() : "")];
            results.Add(string.Join(' ', parts.Where(part => part.Length > 0)));
        }
        return results;
    }
}
