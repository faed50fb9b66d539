using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Crash;

/// <summary>A server that is asked to end while votes come in.</summary>
public class TerminateTests
{
    [Fact]
    public async Task A_server_asked_to_end_under_load_finishes_what_it_began_and_leaves_nothing_to_fold()
    {
        using var folder = new TempFolder();
        Crowd crowd;
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            crowd = new Crowd(await server.Client.PrepareAsync(ideas: 12), seed: 51);
            var voting = crowd.Vote(server.Client);
            await voting.ReachAsync(1_000);
            var exit = await server.TerminateAsync();
            exit.Code.ShouldBe(0, exit.Output);
            exit.Errors.ShouldBeEmpty();
            await voting.EndAsync();
        }
        var journal = folder.DataFile("journal.db");
        var head = DataFile.ReadNumber(journal, "SELECT max(position) FROM journal");
        head.ShouldBeGreaterThan(1_000);
        DataFile.ReadNumber(journal, "SELECT position FROM checkpoint").ShouldBe(head);

        await using var next = await ServerProcess.StartAsync(folder.Data);
        await Truth.CheckAsync(next.Client, crowd);
    }

    [Fact]
    public async Task A_server_that_drains_is_not_ready_at_once_and_answers_everybody_until_it_ends()
    {
        const int DrainSeconds = 3;
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data)
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["IDEAVOTE_DRAIN"] = $"{DrainSeconds}" },
        });
        var ideas = await server.Client.PrepareAsync(ideas: 1);
        var acknowledged = 0;
        var (asked, ended) = (new Stopwatch(), new ConcurrentBag<TimeSpan>());
        var voting = Enumerable.Range(0, 4).Select(voter => VoteAsync($"voter-{voter}")).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref acknowledged) > 50, "votes");

        asked.Start();
        var exit = server.TerminateAsync();
        HttpStatusCode ready;
        do
        {
            using var answer = await server.Client.GetAsync(new Uri("healthz/ready", UriKind.Relative));
            ready = answer.StatusCode;
        }
        while (ready == HttpStatusCode.OK);
        ready.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var before = Volatile.Read(ref acknowledged);
        using (var answer = await server.Client.GetAsync(new Uri("api/v1/campaigns", UriKind.Relative)))
            (answer.StatusCode, answer.Headers.ConnectionClose).ShouldBe((HttpStatusCode.OK, true));
        await Eventually.TrueAsync(() => Volatile.Read(ref acknowledged) > before, "votes while it drains");

        (await exit).Code.ShouldBe(0, (await exit).Output);
        await Task.WhenAll(voting).WaitAsync(Eventually.Patience);
        // Not one was turned away or cut off before.
        ended.ShouldAllBe(at => at >= TimeSpan.FromSeconds(DrainSeconds));
        // Each voter may have had one vote under way whose answer was lost.
        (DataFile.ReadNumber(folder.DataFile("journal.db"), "SELECT count(*) FROM journal") - 2).ShouldBeInRange(acknowledged, acknowledged + voting.Count);

        async Task VoteAsync(string voter)
        {
            try
            {
                for (var approves = true; ; approves = !approves)
                {
                    using var answer = await server.Client.SendAsync(Calls.Vote(voter, approves ? HttpMethod.Put : HttpMethod.Delete, ideas[0], "approval"));
                    answer.EnsureSuccessStatusCode();
                    Interlocked.Increment(ref acknowledged);
                }
            }
            catch (HttpRequestException)
            {
                ended.Add(asked.Elapsed);
            }
        }
    }

    [ThoroughFact]
    public async Task A_caller_who_stalls_in_mid_request_does_not_keep_a_server_from_saving_what_it_has()
    {
        using var folder = new TempFolder();
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            await server.Client.PrepareAsync(ideas: 3);
            using var stalled = new TcpClient();
            await stalled.ConnectAsync(server.Address.Host, server.Address.Port);
            await stalled.GetStream().WriteAsync(Encoding.ASCII.GetBytes($$"""
                POST /api/v1/campaigns HTTP/1.1
                Host: {{server.Address.Authority}}
                Authorization: Bearer {{ServerLaunch.TestToken}}
                Content-Type: application/json
                Content-Length: 100

                {"key":
                """.ReplaceLineEndings("\r\n")));
            // Answered after the stalled request, so the server has that one in hand.
            (await server.Client.FeedAsync()).ShouldNotBeEmpty();
            var exit = await server.TerminateAsync();
            exit.Code.ShouldBe(0, exit.Output);
            // A caller who is cut off is nobody's fault, and nothing to log.
            exit.Output.ShouldNotContain("Exception");
        }
        var journal = folder.DataFile("journal.db");
        DataFile.ReadNumber(journal, "SELECT position FROM checkpoint").ShouldBe(DataFile.ReadNumber(journal, "SELECT max(position) FROM journal"));
    }

    [ThoroughTheory]
    [InlineData("access.db")]
    [InlineData("journal.db")]
    [InlineData("search.db")]
    public async Task A_server_asked_to_end_while_it_starts_ends(string whenThereIs)
    {
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch(new ServerLaunch(folder.Data));
        await Eventually.TrueAsync(() => server.HasExited || File.Exists(folder.DataFile(whenThereIs)), whenThereIs);
        ShouldHaveEnded(await server.TerminateAsync());
    }

    [ThoroughFact]
    public async Task A_server_asked_to_end_while_it_opens_its_demo_ends()
    {
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch(new ServerLaunch(folder.Data) { More = ["--demo"] });
        await server.Output.LineAsync("Listening on").WaitAsync(Eventually.Patience);
        ShouldHaveEnded(await server.TerminateAsync());
    }

    private static void ShouldHaveEnded(Exit exit)
    {
        // Before it listens to signals at all, the signal itself ends it.
        exit.Code.ShouldBeOneOf([0, 128 + 15], exit.Output);
        exit.Output.ShouldNotContain("   at ");
    }

    [ThoroughFact]
    public async Task A_feed_that_is_followed_does_not_keep_a_server_from_ending()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        await server.Client.PrepareAsync(ideas: 1);
        using var feed = await server.Client.GetStreamAsync(new Uri($"api/v1/campaigns/{Calls.Campaign}/feed", UriKind.Relative));
        using var lines = new StreamReader(feed);
        (await lines.ReadLineAsync()).ShouldNotBeNull();
        (await server.TerminateAsync()).Code.ShouldBe(0);
    }
}
