using IdeaVote.Engine;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>A campaign with everything in it that has a form, so that what becomes of one form does not keep another from being there.</summary>
/// <param name="Campaign">Its key.</param>
/// <param name="Idea">An idea of the customer's, with votes and comments.</param>
/// <param name="Number">The how manieth campaign it is, from 0.</param>
public sealed record Stage(string Campaign, string Idea, int Number)
{
    /// <summary>Sets it up, as the customer and the administrator would.</summary>
    public static async Task<Stage> BuildAsync(HostileHost host)
    {
        var campaign = await host.FullCampaignAsync("""
            "brief":"What **next**?","fund":{"amount":1000,"unit":"EUR"},
            "stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"over","allows":[]}]
            """);
        var other = await host.IdeaAsync(campaign, "Another bench");
        await host.IdeaAsync(campaign, "Third");
        var (ann, bob) = (host.Customer, host.Manager);
        await ann.GetAsync($"/c/{campaign}/new");
        var idea = (await ann.SubmitAsync($"/c/{campaign}/new", ("title", "A bench"), ("tags", "wood"))).Path.Split('/')[^1];
        var path = $"/c/{campaign}/ideas/{idea}";
        foreach (var someone in new[] { ann, bob })
        {
            await someone.GetAsync(path);
            await someone.SubmitAsync(path + "/talk", ("text", "Hello"));
        }
        await ann.GetAsync($"/c/{campaign}/ideas/{other}");
        await ann.SubmitAsync($"/c/{campaign}/ideas/{other}/place", ("place", "1"));
        await ann.GetAsync(path);
        await ann.SubmitAsync(path + "/place", ("place", "1"));
        await ann.SubmitAsync(path + "/invest", ("amount", "5"));
        await ann.SubmitAsync(path + "/approve", ("approve", "yes"));
        await host.Admin.PostAsync("tokens", """{"name":"Old","scopes":["export"]}""").Expect(201);
        return new Stage(campaign, idea, (await host.Services.GetRequiredService<IEngine>().CampaignsAsync()).Count - 1);
    }

    /// <summary>The path of a call in this campaign.</summary>
    public string PathOf(PageCall call, string account) => call.Path(Campaign, Idea, account);
}
