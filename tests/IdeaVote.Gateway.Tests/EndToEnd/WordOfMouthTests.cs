using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Sheets;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Who brought whom, for analysts.</summary>
public sealed class WordOfMouthTests(TestServer server) : IClassFixture<TestServer>
{
    private Pseudonyms Names => server.Services.GetRequiredService<Pseudonyms>();

    [Fact]
    public async Task It_counts_invitations_and_what_part_of_the_voters_they_brought()
    {
        var (campaign, analyst) = (await server.CampaignAsync(), await server.AsAsync("export"));
        var park = await server.IdeaAsync(campaign, "Park");
        await server.CastAsync(campaign, """{"voter":"ann","approve":["ref:Park"]}""", """{"voter":"zoe","approve":["ref:Park"]}""");
        await InviteAsync(campaign, "bob", "ann", park);
        await InviteAsync(campaign, "carl", "bob", null);
        await InviteAsync(campaign, "dora", "ann", park);
        // Whoever has voted was here before, and nobody brings themselves.
        await InviteAsync(campaign, "zoe", "ann", null);
        await InviteAsync(campaign, "eve", "eve", null);
        await server.CastAsync(campaign, """{"voter":"bob","approve":["ref:Park"]}""", """{"voter":"carl","approve":["ref:Park"]}""");
        var (ann, bob, carl) = (Voter(campaign, "ann"), Voter(campaign, "bob"), Voter(campaign, "carl"));

        var answer = await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth").Expect(200);

        answer.At("").ShouldBeJson($$"""
            {"campaign":"{{campaign}}","voters":4,"brought":3,"voted":2,"share":0.5,
            "generations":[{"generation":1,"brought":2,"voted":1},{"generation":2,"brought":1,"voted":1}],
            "inviters":[{"voter":"{{ann}}","generation":0,"brought":2,"voted":1},{"voter":"{{bob}}","generation":1,"brought":1,"voted":1}],
            "ideas":[{"idea":"{{park}}","brought":2,"voted":1}],
            "longestChain":["{{ann}}","{{bob}}","{{carl}}"],
            "days":[{"date":"2030-01-01","newVoters":4,"brought":2}]}
            """);
        var csv = (await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth?format=csv").Expect(200)).Lines;
        csv[0].ShouldBe("voter,by,idea,at,voted_at,generation,counts");
        csv.ShouldContain($"{bob},{ann},{park},{server.Clock.Text},{server.Clock.Text},1,true");
        csv.ShouldContain($"{Voter(campaign, "dora")},{ann},{park},{server.Clock.Text},,1,true");
        csv.ShouldContain($"{carl},{bob},,{server.Clock.Text},{server.Clock.Text},2,true");
        csv.Length.ShouldBe(4);
        (await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth?format=jsonl").Expect(200)).Lines.Length.ShouldBe(3);
        (await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth?format=xlsx").Expect(200)).ContentType.ShouldBe(SheetWriter.ContentType);
        await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth?format=pdf").Refused(400, "invalid_field", "format");
        await analyst.GetAsync($"campaigns/{campaign}/word-of-mouth?top=5").Refused(400, "unknown_field", "top");
    }

    [Fact]
    public async Task Nobody_brought_is_no_problem()
    {
        var answer = await (await server.AsAsync("export")).GetAsync($"campaigns/{await server.CampaignAsync()}/word-of-mouth").Expect(200);

        (answer.Number("brought"), answer.Number("share"), answer.Items("longestChain").Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task An_export_with_invitations_is_whole()
    {
        var campaign = await server.CampaignAsync();
        await InviteAsync(campaign, "bob", "ann", null);

        (await server.FeedAsync(campaign)).Count(line => line.Name == "voter_invited").ShouldBe(1);
        // The head lives through every event again.
        await (await server.AsAsync("export")).GetAsync($"campaigns/{campaign}/head").Expect(200);
    }

    private string Voter(string campaign, string name) => Names.Voter(Names.Campaign(campaign), name).ToString();

    private async Task InviteAsync(string campaign, string invited, string by, string? idea)
    {
        var id = Names.Campaign(campaign);
        var (voter, inviter) = (Names.Voter(id, invited), Names.Voter(id, by));
        var reply = await server.Services.GetRequiredService<IEngine>().SendAsync(
            Domain.Kernel.StreamId.Of(id, voter), new AcceptInvitation(voter, inviter, idea is null ? null : new Domain.Kernel.IdeaId(Domain.Kernel.Id.Parse(idea))), default);
        reply.Kind.ShouldBe(ReplyKind.Accepted);
    }
}
