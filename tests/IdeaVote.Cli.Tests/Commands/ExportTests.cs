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
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, Feed, FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--format", "jsonl")).ShouldBe(0);

        cli.Out.ShouldBe(Feed);
        cli.Api.Requests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            request => request.Path.ShouldBe("/api/v1/campaigns/town/feed?follow=false"),
            request => request.LastEventId.ShouldBeNull());
    }

    [Fact]
    public async Task A_file_is_replaced_and_with_after_added_to()
    {
        var path = cli.File("feed.jsonl", "old\n");
        cli.Api.Intercept = sent => FakeApi.Answer(HttpStatusCode.OK, sent.LastEventId is null ? Line(1) : Line(2), FakeApi.NdJson);

        (await cli.RunAsync("export", "town", "--output", path)).ShouldBe(0);
        File.ReadAllBytes(path).ShouldBe("{\"position\":\"1\"}\n"u8.ToArray());

        (await cli.RunAsync("export", "town", "--output", path, "--after", "1")).ShouldBe(0);
        File.ReadAllText(path).ShouldBe(Line(1) + Line(2));
        cli.Api.Requests.Last().LastEventId.ShouldBe("1");
        cli.Out.ShouldBe("");
    }

    [Fact]
    public async Task A_broken_connection_goes_on_after_the_last_whole_line()
    {
        cli.Api.Intercept = sent => sent.LastEventId switch
        {
            null => FakeApi.Broken(Line(1) + Line(2) + "{\"position\":\"3\",\"ev"),
            "2" => FakeApi.Answer(HttpStatusCode.OK, Line(3) + Line(4), FakeApi.NdJson),
            _ => null,
        };

        (await cli.RunAsync("export", "town")).ShouldBe(0);

        cli.Out.ShouldBe(Line(1) + Line(2) + Line(3) + Line(4));
    }

    [Fact]
    public async Task As_long_as_lines_arrive_a_bad_connection_is_worked_with()
    {
        cli.Api.Intercept = sent => int.Parse(sent.LastEventId ?? "0") is < 30 and var last
            ? FakeApi.Broken(Line(last + 1))
            : FakeApi.Answer(HttpStatusCode.OK, "", FakeApi.NdJson);

        (await cli.RunAsync("export", "town")).ShouldBe(0);

        cli.Out.ShouldBe(string.Concat(Enumerable.Range(1, 30).Select(Line)));
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

    private static string Line(int position) => $"{{\"position\":\"{position}\"}}\n";
}
