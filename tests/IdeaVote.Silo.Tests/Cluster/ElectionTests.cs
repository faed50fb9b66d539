using System.Text.Json;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Import;
using IdeaVote.Storage.Postgres.Tests.Server;

namespace IdeaVote.Silo.Tests.Cluster;

/// <summary>A whole election through processes of a cluster that come and go.</summary>
public sealed class ElectionTests
{
    private const int Voters = 11_402;

    [ClusterFact]
    public async Task An_election_counts_as_it_did_while_one_silo_is_stopped_and_another_is_killed()
    {
        using var folder = new TempFolder();
        var election = Election.Approval(67, Voters);
        await File.WriteAllTextAsync(folder.File("town.pb"), election.Text);
        using var postgres = PostgresServer.Start();
        postgres.Create("votes");
        using var redis = await RedisServer.StartAsync();
        var journal = postgres.ConnectionString("votes");

        await using var first = await SiloProcess.StartAsync("silo", journal, redis.Address);
        await using var second = await SiloProcess.StartAsync("silo", journal, redis.Address);
        await using var gateway = await SiloProcess.StartAsync("gateway", journal, redis.Address);
        SiloProcess? third = null;
        var command = new CommandLine(gateway.Address);
        var (stopped, killed) = (false, false);
        // The first requests make the campaign and its ideas; then come the ballots, two hundred at a time.
        command.Sent = async number =>
        {
            if (number >= Election.Projects + 15 && !stopped)
            {
                stopped = true;
                third = await SiloProcess.StartAsync("silo", journal, redis.Address);
                (await first.TerminateAsync()).ShouldBe(0, first.Output);
            }
            else if (number >= Election.Projects + 35 && !killed)
            {
                killed = true;
                await second.KillAsync();
            }
        };
        try
        {
            for (var tries = 1; await command.RunAsync("import", folder.File("town.pb"), "--batch", "200") != ExitCodes.Done; tries++)
                tries.ShouldBeLessThan(10, command.Output);
            (stopped, killed).ShouldBe((true, true));
            await ShouldCountAsync(command, election);
            (await command.RunAsync("import", folder.File("town.pb"), "--batch", "200")).ShouldBe(ExitCodes.Done, command.Output);
            command.Output.ShouldContain($"ballots: 0 counted, {Voters} unchanged, 0 refused");
            await ShouldCountAsync(command, election);
        }
        finally
        {
            if (third is not null)
                await third.DisposeAsync();
        }
    }

    [ClusterFact]
    public async Task Whoever_writes_through_one_gateway_reads_it_through_another_with_the_receipt()
    {
        using var postgres = PostgresServer.Start();
        postgres.Create("votes");
        using var redis = await RedisServer.StartAsync();
        var journal = postgres.ConnectionString("votes");
        await using var first = await SiloProcess.StartAsync("both", journal, redis.Address);
        await using var second = await SiloProcess.StartAsync("both", journal, redis.Address);
        using var one = Connect(first);
        using var other = Connect(second);

        await SendAsync(one, HttpMethod.Post, "campaigns", """{"key":"town","title":"Town","approve":{}}""");
        var position = await SendAsync(one, HttpMethod.Post, "campaigns/town/ideas", """{"title":"Bench","reference":"b"}""");
        for (var voter = 1; voter <= 20; voter++)
        {
            var (writes, reads) = voter % 2 == 0 ? (one, other) : (other, one);
            position = await SendAsync(writes, HttpMethod.Put, "campaigns/town/ideas/ref:b/approval", null, voter: $"v{voter}", after: position);
            using var request = Request(HttpMethod.Get, "campaigns/town/leaderboard", null, null, position);
            using var response = await reads.SendAsync(request);
            JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("rows")[0].GetProperty("votes").GetInt32().ShouldBe(voter);
        }
    }

    private static async Task ShouldCountAsync(CommandLine command, Election election)
    {
        (await command.RunAsync("leaderboard", "town", "--by", election.By, "--format", "json")).ShouldBe(ExitCodes.Done, command.Output);
        var counts = JsonElement.Parse(command.Output).GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("reference").GetString()!,
            row => (row.GetProperty("score").GetInt32(), row.GetProperty("votes").GetInt32()),
            StringComparer.Ordinal);
        counts.ShouldBe(election.Counts, ignoreOrder: true);
    }

    private static HttpClient Connect(SiloProcess silo)
    {
        var client = new HttpClient { BaseAddress = new Uri(silo.Address, "api/v1/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServerLaunch.TestToken);
        return client;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body, string? voter, string? after)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (voter is not null)
            request.Headers.Add("IdeaVote-Voter", voter);
        if (after is not null)
            request.Headers.Add("IdeaVote-After", after);
        return request;
    }

    private static async Task<string> SendAsync(HttpClient client, HttpMethod method, string path, string? body, string? voter = null, string? after = null)
    {
        using var request = Request(method, path, body, voter, after);
        using var response = await client.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return response.Headers.GetValues("IdeaVote-Position").Single();
    }
}
