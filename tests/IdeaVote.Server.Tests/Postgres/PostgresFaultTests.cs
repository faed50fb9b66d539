using System.Net;
using IdeaVote.Server.Tests.Votes;
using IdeaVote.Storage.Postgres.Tests.Server;

namespace IdeaVote.Server.Tests.Postgres;

/// <summary>Servers that share a PostgreSQL journal, lose it, or are told to use the wrong one.</summary>
public sealed class PostgresFaultTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static ServerLaunch Launch(string data, string journal) => new(data) { More = ["--journal", journal] };

    private static async Task<HttpStatusCode> ApproveAsync(HttpClient client, string voter, string idea)
    {
        using var vote = Calls.Vote(voter, HttpMethod.Put, idea, "approval");
        using var response = await client.SendAsync(vote);
        return response.StatusCode;
    }

    private static async Task<Exit> ShouldFailAsync(ServerLaunch launch)
    {
        var exit = await ServerProcess.RunAsync(launch);
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.ShouldSayOneLine();
        exit.Output.ShouldHideThePassword();
        return exit;
    }

    [PostgresFact(isThorough: true)]
    public async Task The_later_of_two_servers_takes_the_journal_over_and_the_former_stops()
    {
        using var folder = new TempFolder();
        var database = postgres.Fresh();
        await using var former = await ServerProcess.StartAsync(Launch(folder.Data, database));
        var ideas = await former.Client.PrepareAsync(1);
        (await ApproveAsync(former.Client, "ann", ideas[0])).ShouldBe(HttpStatusCode.OK);

        await using var later = await ServerProcess.StartAsync(Launch(folder.File("later"), database));
        // The former has nothing to write, and hears of it all the same.
        var exit = await former.ExitAsync();

        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        // Its watch says so, or the snapshots that it saves when idle.
        exit.Errors.ShouldMatch("IdeaVote stops: Another (server|process) has taken (the|this) journal over");
        exit.Output.ShouldHideThePassword();
        (await ApproveAsync(later.Client, "bob", ideas[0])).ShouldBe(HttpStatusCode.OK);
        (await later.Client.LeaderboardAsync("approvals"))[0].GetProperty("votes").GetInt32().ShouldBe(2);
        later.HasExited.ShouldBeFalse();
    }

    [PostgresFact]
    public async Task Whoever_loses_the_journal_while_votes_come_in_has_acknowledged_none_in_vain()
    {
        using var folder = new TempFolder();
        var database = postgres.Fresh();
        await using var former = await ServerProcess.StartAsync(Launch(folder.Data, database));
        var ideas = await former.Client.PrepareAsync(1);
        var acknowledged = 0;
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var voting = Task.Run(async () =>
        {
            try
            {
                for (var voter = 0; await ApproveAsync(former.Client, $"v{voter}", ideas[0]) == HttpStatusCode.OK; voter++)
                    if (++acknowledged == 50)
                        taken.SetResult();
            }
            catch (HttpRequestException)
            {
                // The server has stopped.
            }
        });
        await Task.WhenAny(taken.Task, voting);
        await using var later = await ServerProcess.StartAsync(Launch(folder.File("later"), database));
        await voting;
        var exit = await former.ExitAsync();

        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.Errors.ShouldMatch("IdeaVote stops: Another (server|process) has taken (the|this) journal over");
        var votes = (await later.Client.LeaderboardAsync("approvals"))[0].GetProperty("votes").GetInt32();
        // The one vote whose answer was not heard may count; none that was acknowledged may be missing.
        votes.ShouldBeInRange(acknowledged, acknowledged + 1);
        await Truth.CheckCountsAsync(later.Client, FeedRecount.Of(await later.Client.FeedAsync()), "approvals", Calls.Campaign);
    }

    [PostgresFact(isThorough: true)]
    public async Task A_server_whose_PostgreSQL_is_gone_acknowledges_nothing_and_stops_with_a_reason()
    {
        using var own = PostgresServer.Start();
        own.Create("votes");
        using var folder = new TempFolder();
        var launch = Launch(folder.Data, own.ConnectionString("votes"));
        string[] ideas;
        await using (var server = await ServerProcess.StartAsync(launch))
        {
            ideas = await server.Client.PrepareAsync(1);
            (await ApproveAsync(server.Client, "ann", ideas[0])).ShouldBe(HttpStatusCode.OK);
            own.Stop();
            (await ApproveAsync(server.Client, "bob", ideas[0])).ShouldBe(HttpStatusCode.ServiceUnavailable);
            var exit = await server.ExitAsync();
            exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
            exit.Errors.ShouldContain("IdeaVote stops: ");
            exit.Errors.ShouldContain("PostgreSQL");
            exit.Output.ShouldHideThePassword();
        }
        await ShouldFailAsync(launch);
        own.StartAgain();
        await using var again = await ServerProcess.StartAsync(launch);
        (await ApproveAsync(again.Client, "bob", ideas[0])).ShouldBe(HttpStatusCode.OK);
        (await again.Client.LeaderboardAsync("approvals"))[0].GetProperty("votes").GetInt32().ShouldBe(2);
    }

    [PostgresFact(isThorough: true)]
    public async Task A_folder_of_another_journal_is_refused()
    {
        using var folder = new TempFolder();
        var (database, other) = (postgres.Fresh(), postgres.Fresh());
        await using (var server = await ServerProcess.StartAsync(Launch(folder.Data, database)))
            await server.TerminateAsync();
        await using (var server = await ServerProcess.StartAsync(folder.File("files")))
            await server.TerminateAsync();

        (await ShouldFailAsync(Launch(folder.Data, other))).Errors.ShouldContain("made from another PostgreSQL journal");
        (await ShouldFailAsync(new ServerLaunch(folder.Data))).Errors.ShouldContain("Name that with --journal");
        (await ShouldFailAsync(Launch(folder.File("files"), database))).Errors.ShouldContain("has a journal of its own");
        File.Delete(folder.DataFile("postgres-journal"));
        (await ShouldFailAsync(Launch(folder.Data, database))).Errors.ShouldContain("does not say which journal");
    }

    [PostgresFact]
    public async Task What_is_wrong_with_the_journal_is_said_in_a_line_without_the_password()
    {
        using var folder = new TempFolder();
        (await ShouldFailAsync(Launch(folder.Data, postgres.Server.ConnectionString("nowhere")))).Errors.ShouldContain("no database nowhere");
        (await ShouldFailAsync(Launch(folder.Data, postgres.Server.ConnectionString("postgres", "QzX9-wrong")))).Errors.ShouldContain("does not let the user tester in");
        (await ShouldFailAsync(Launch(folder.Data, "Host=localhost;Password=a;QzX9=b"))).Errors.ShouldContain("can't be read");

        await using var help = ServerProcess.Launch(new ServerLaunch(folder.Data) { Journal = postgres.Server.ConnectionString("postgres"), More = ["--help"] });
        var exit = await help.ExitAsync();
        exit.Output.ShouldContain("--journal");
        exit.Output.ShouldHideThePassword();
    }
}
