using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Analysis;

/// <summary>The page of participation and its files. The clock of the tests stands at 1 January 2030, a Tuesday.</summary>
public sealed class ParticipationPageTests(PortalHost server) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Only_those_who_may_export_see_it()
    {
        var campaign = await server.CampaignAsync();
        var customer = await server.SignedInAsync(Role.Customer);
        foreach (var path in new[] { "participation", "participation.csv", "segments.csv" })
        {
            (await server.Browser().LookAsync($"/c/{campaign}/{path}")).Status.ShouldBe(302, path);
            (await customer.LookAsync($"/c/{campaign}/{path}")).Status.ShouldBe(403, path);
        }
        (await customer.ReadAsync($"/c/{campaign}")).ShouldNotContain($"/c/{campaign}/participation");
        var page = await (await server.SignedInAsync(Role.Analyst)).ReadAsync($"/c/{campaign}/participation");
        page.ShouldContain("Nobody has voted yet");
        page.ShouldContain($"href=\"/c/{campaign}/participation\" aria-current=\"page\"");
    }

    [Fact]
    public async Task It_counts_days_steps_and_segments_and_goes_on_with_what_comes()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "Park", "Bench");
        await server.CastAsync(
            campaign, """{"voter":"a","segment":"north","approve":["ref:Park"],"rate":{"ref:Bench":{"overall":4}}}""",
            """{"voter":"b","segment":"south","approve":["ref:Park"]}""", """{"voter":"c","approve":["ref:Park","ref:Bench"]}""");
        var analyst = await server.SignedInAsync(Role.Analyst);

        (await analyst.LookAsync($"/c/{campaign}/participation.csv")).Html.ShouldBe("start,new_voters,active_voters,votes\n2030-01-01,3,3,5\n");
        server.Clock.Advance(TimeSpan.FromDays(6));
        await server.CastAsync(campaign, """{"voter":"b","segment":"north","approve":["ref:Park","ref:Bench"]}""");

        (await analyst.LookAsync($"/c/{campaign}/participation.csv")).Html.ShouldBe("start,new_voters,active_voters,votes\n2030-01-01,3,3,5\n2030-01-07,0,1,1\n");
        (await analyst.LookAsync($"/c/{campaign}/participation.csv?per=week")).Html.ShouldBe("start,new_voters,active_voters,votes\n2029-12-31,3,3,5\n2030-01-07,0,1,1\n");
        var segments = (await analyst.LookAsync($"/c/{campaign}/segments.csv?segments=north,+south")).Html.Split('\n');
        segments[1].ShouldEndWith(",north,2,4");
        segments[2].ShouldBe(",,1,2");

        var page = await analyst.ReadAsync($"/c/{campaign}/participation?segments=north,south");
        page.ShouldContain("<th scope=\"row\">2 Jan 2030</th><td class=\"number\">0</td>");
        page.ShouldContain("class=\"bar-of\"");
        page.ShouldContain("<dt>hold votes of two kinds or more</dt>");
        page.ShouldContain("No votes from: south");
        page.ShouldContain("without a segment");
        (await analyst.ReadAsync($"/c/{campaign}/participation?per=week")).ShouldContain("Week from");
    }
}
