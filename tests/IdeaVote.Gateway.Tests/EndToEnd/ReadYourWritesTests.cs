using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Writes answer with a position; reads take it back and include what was written.</summary>
public sealed class ReadYourWritesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Whatever_was_written_is_there_when_it_is_asked_for()
    {
        var campaign = await server.CampaignAsync();
        var anna = await server.VoterAsync("anna");

        for (var i = 1; i <= 30; i++)
        {
            var made = await server.Admin.PostAsync($"campaigns/{campaign}/ideas", $$"""{"title":"word{{i}}","reference":"{{i}}"}""").Expect(201);
            (await After(made).GetAsync($"campaigns/{campaign}/ideas?q=word{i}&limit=1").Expect(200)).Text("items.0.id").ShouldBe(made.Text("id"));
            (await After(made).GetAsync($"campaigns/{campaign}/ideas?limit=1").Expect(200)).Text("items.0.id").ShouldBe(made.Text("id"));
            await After(made).GetAsync($"campaigns/{campaign}/ideas/ref:{i}").Expect(200);

            var voted = await anna.PutAsync($"campaigns/{campaign}/ideas/ref:{i}/approval").Expect(200);
            (await After(voted).GetAsync($"campaigns/{campaign}/leaderboard?top=1000").Expect(200)).Items("rows").Count(row => row["votes"]!.GetValue<int>() == 1).ShouldBe(i);
            (await After(voted).GetAsync($"campaigns/{campaign}/ideas?sort=approvals&limit=100").Expect(200)).Items().Count(idea => idea["tally"]!["approvals"]!.GetValue<int>() == 1).ShouldBe(i);
            (await anna.With("IdeaVote-After", voted.Position).GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Items("approve").Count.ShouldBe(i);
        }

        Api After(Answer write) => server.Anyone.With("IdeaVote-After", write.Position);
    }

    [Fact]
    public async Task Every_write_answers_with_a_position_that_every_read_takes()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "Idea", "Other");
        var talk = await server.TalkAsync(campaign, "ref:Idea");
        var writes = new List<Answer>();
        foreach (var call in ApiTable.Calls.Where(call => call.Method is "PUT" or "PATCH" or "POST" or "DELETE"))
        {
            // Tokens, log levels, rolls and streams of ballots are no events of one moment; results come when voting is over.
            if (call.Route.Contains("/tokens", StringComparison.Ordinal) || call.Route.EndsWith("/log-levels", StringComparison.Ordinal) || call.Route.EndsWith("/results", StringComparison.Ordinal) || call.Route.EndsWith("/roll", StringComparison.Ordinal) || call.Route.EndsWith("/ballots", StringComparison.Ordinal))
                continue;
            using var body = call.Body is null ? null : Api.Body(System.Text.Encoding.UTF8.GetBytes(call.Body), call.ContentType);
            writes.Add(await server.Admin.For("anna").SendAsync(call.Method, call.Path(campaign, "ref:Idea", talk: talk), body));
        }

        writes.ShouldAllBe(write => write.Status < 300 && write.Position.Length > 22);
        foreach (var call in ApiTable.Calls.Where(call => call.Method == "GET" && call.Route.Contains("campaigns", StringComparison.Ordinal)))
        {
            var path = call.Path(campaign, "ref:Idea", talk: talk) + (call.IsEndless ? "?follow=false" : "");
            // What no campaign of this test publishes or announces is read in tests of their own.
            if (!call.Route.EndsWith("/published", StringComparison.Ordinal) && !call.Route.EndsWith("/results", StringComparison.Ordinal))
                await server.Admin.For("anna").With("IdeaVote-After", writes[^1].Position).GetAsync(path).Expect(200);
            await server.Admin.For("anna").With("IdeaVote-After", "made-up").GetAsync(path).Refused(400, "invalid_position", "IdeaVote-After");
        }
    }

    [Fact]
    public async Task A_read_waits_for_what_is_about_to_come()
    {
        var campaign = await server.CampaignAsync();
        var (idea, anna) = (await server.IdeaAsync(campaign, "Idea"), await server.VoterAsync("anna"));
        var next = PositionAfter(campaign, 1);

        var reading = server.Anyone.With("IdeaVote-After", next).GetAsync($"campaigns/{campaign}/leaderboard");
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);

        (await reading.Expect(200)).Number("rows.0.votes").ShouldBe(1);
    }

    [Theory]
    [InlineData("leaderboard")]
    [InlineData("ideas")]
    [InlineData("ideas?q=words")]
    public async Task A_read_of_what_does_not_come_says_not_yet(string what)
    {
        var campaign = await server.CampaignAsync();

        var answer = await server.Anyone.With("IdeaVote-After", PositionAfter(campaign, 1_000_000)).GetAsync($"campaigns/{campaign}/{what}").Refused(503, "not_yet");

        answer.Headers["Retry-After"].ShouldBe("1");
    }

    /// <summary>The position that lies so many events after where the campaign stands now.</summary>
    private string PositionAfter(string campaign, long events)
    {
        var id = server.Services.GetRequiredService<Pseudonyms>().Campaign(campaign);
        var now = server.Services.GetRequiredService<IEngine>().QueryAsync(id, (_, at) => at).AsTask().GetAwaiter().GetResult();
        var (partition, offset) = now.Partitions[0];
        return server.Services.GetRequiredService<PositionTokens>().Write(Position.Of(partition, offset + events));
    }
}
