using System.Net;

namespace IdeaVote.Cli.Tests.Commands;

public sealed class ExportTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Every_line_is_copied_as_it_is()
    {
        const string Feed = "{\"position\":\"1\",\"event\":{\"title\": \"Ław\\u006ba\"}}\n{\"position\":\"2\"}\n";
        cli.Api.Intercept = sent => Head(sent) ?? FakeApi.Answer(HttpStatusCode.OK, Feed, FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--format", "jsonl")).ShouldBe(0);

        cli.Out.ShouldBe(Feed + HeadLine(2));
        cli.Api.Requests[0].ShouldSatisfyAllConditions(
            request => request.Path.ShouldBe("/api/v1/campaigns/town/feed?follow=false"),
            request => request.LastEventId.ShouldBeNull());
        // Events may have come in between: the head is that of the last line.
        cli.Api.Requests[1..].ShouldHaveSingleItem().Path.ShouldBe("/api/v1/campaigns/town/head?position=2");
    }

    [Fact]
    public async Task A_file_is_replaced_and_with_after_added_to()
    {
        var path = cli.File("feed.jsonl", "old\n");
        cli.Api.Intercept = sent => Head(sent) ?? FakeApi.Answer(HttpStatusCode.OK, sent.LastEventId is null ? Line(1) : Line(2), FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--output", path)).ShouldBe(0);
        File.ReadAllBytes(path).ShouldBe("{\"position\":\"1\"}\n{\"head\":{\"position\":\"1\"}}\n"u8.ToArray());

        (await cli.RunAsync("export", "town", "--output", path, "--after", "1")).ShouldBe(0);
        File.ReadAllText(path).ShouldBe(Line(1) + HeadLine(1) + Line(2) + HeadLine(2));
        cli.Api.Requests[^2].LastEventId.ShouldBe("1");
        cli.Out.ShouldBe("");
    }

    [Fact]
    public async Task A_broken_connection_goes_on_after_the_last_whole_line()
    {
        cli.Api.Intercept = sent => Head(sent) ?? sent.LastEventId switch
        {
            null => FakeApi.Broken(Line(1) + Line(2) + "{\"position\":\"3\",\"ev"),
            "2" => FakeApi.Answer(HttpStatusCode.OK, Line(3) + Line(4), FakeApi.NdJson),
            _ => null,
        };

        (await cli.RunAsync("export", "town")).ShouldBe(0);

        cli.Out.ShouldBe(Line(1) + Line(2) + Line(3) + Line(4) + HeadLine(4));
    }

    [Fact]
    public async Task As_long_as_lines_arrive_a_bad_connection_is_worked_with()
    {
        cli.Api.Intercept = sent => Head(sent) ?? (int.Parse(sent.LastEventId ?? "0") is < 30 and var last
            ? FakeApi.Broken(Line(last + 1))
            : FakeApi.Answer(HttpStatusCode.OK, "", FakeApi.NdJson));

        (await cli.RunAsync("export", "town")).ShouldBe(0);

        cli.Out.ShouldBe(string.Concat(Enumerable.Range(1, 30).Select(Line)) + HeadLine(30));
    }

    [Fact]
    public async Task A_connection_gone_for_good_says_where_to_go_on()
    {
        cli.Api.Intercept = sent => sent.LastEventId is null ? FakeApi.Broken(Line(1)) : throw new HttpRequestException("no route");

        (await cli.RunAsync("export", "town")).ShouldBe(4);

        cli.Out.ShouldBe(Line(1));
        cli.Error.ShouldContain("the export ends at position 1; go on with --after 1");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_code_3()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, Line(1), FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--output", cli.PathOf("no/such/directory.jsonl"))).ShouldBe(3);

        cli.Error.ShouldStartWith("ideavote: ");
    }

    [Fact]
    public async Task Ballots_are_copied_as_they_are_and_their_hash_is_told()
    {
        const string Ballots = "{\"voter\":\"0\"}\n{\"voter\":\"1\"}\n";
        cli.Api.Intercept = sent => FakeApi.Answer(HttpStatusCode.OK, sent.Path.EndsWith("=csv", StringComparison.Ordinal) ? "voter,idea\n" : Ballots, FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--what", "ballots")).ShouldBe(0);
        cli.Out.ShouldBe(Ballots);
        cli.Error.ShouldContain("sha256 " + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Ballots))));
        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/campaigns/town/ballots?format=jsonl");

        var path = cli.PathOf("ballots.csv");
        (await cli.RunAsync("export", "town", "--what", "ballots", "--format", "csv", "--output", path)).ShouldBe(0);
        File.ReadAllText(path).ShouldBe("voter,idea\n");

        (await cli.RunAsync("export", "town", "--format", "csv")).ShouldBe(2);
        (await cli.RunAsync("export", "town", "--what", "ballots", "--after", "1")).ShouldBe(2);
    }

    private static HttpResponseMessage? Head(Sent sent) => sent.Path.Split("/head?position=") is [_, var position]
        ? FakeApi.Answer(HttpStatusCode.OK, $"{{\"position\":\"{position}\"}}")
        : null;

    private static string HeadLine(int position) => $"{{\"head\":{{\"position\":\"{position}\"}}}}\n";

    private static string Line(int position) => $"{{\"position\":\"{position}\"}}\n";
}
