using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;

namespace IdeaVote.Gateway.Landing;

/// <summary>The page at the root: what runs here, and where to go from it.</summary>
internal static class LandingPage
{
    private const int MaxCampaigns = 100;

    /// <summary>The page.</summary>
    /// <param name="campaigns">The campaigns, in the order of their creation.</param>
    /// <param name="now">The time, which says in which stage they are.</param>
    /// <param name="root">The path the server is reached under; usually empty.</param>
    public static string Render(IReadOnlyList<CampaignView> campaigns, Instant now, string root)
    {
        var list = new StringBuilder();
        foreach (var campaign in campaigns.Reverse().Take(MaxCampaigns))
            list.Append(CultureInfo.InvariantCulture, $"""
                  <li><a href="{Encode(root)}/api/v1/campaigns/{Encode(campaign.Key)}">{Encode(campaign.Text.Title)}</a><span class="stage">{Encode(campaign.StageName(now))}</span></li>

                """);
        var body = campaigns.Count == 0
            ? "<p class=\"empty\">There is no campaign yet. <code>POST /api/v1/campaigns</code> makes one; the API's description shows how.</p>"
            : $"<ul>\n{list}</ul>";
        var more = campaigns.Count > MaxCampaigns ? $"<p class=\"note\">These are the newest {MaxCampaigns} of {campaigns.Count}.</p>" : "";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>IdeaVote</title>
              <link rel="stylesheet" href="{Encode(root)}/landing.css">
            </head>
            <body>
            <main>
              <h1>IdeaVote</h1>
              <p class="lead">This server collects ideas, lets people vote on them, and ranks them.</p>
              <h2>Campaigns</h2>
              {body}
              {more}
              <h2>For programs</h2>
              <ul>
                <li><a href="{Encode(root)}/openapi/v1.json">The API's description</a><code>/openapi/v1.json</code></li>
                <li><a href="{Encode(root)}/api/v1/campaigns">All campaigns</a><code>/api/v1/campaigns</code></li>
                <li><a href="{Encode(root)}/healthz/ready">Whether the server is ready</a><code>/healthz/ready</code></li>
              </ul>
            </main>
            </body>
            </html>

            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
