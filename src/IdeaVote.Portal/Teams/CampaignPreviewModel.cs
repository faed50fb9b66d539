using System.Globalization;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Submit;

namespace IdeaVote.Portal.Teams;

/// <summary>How people will see a campaign whose form is still being filled in: what makes no sense yet is left out.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Brief">Its brief, Markdown; empty if it is longer than a brief may be.</param>
/// <param name="Stage">The name of its first stage; null where the course gives it.</param>
/// <param name="Methods">The ways to vote, as keys of texts.</param>
/// <param name="Credits">The credits of each voter; null for none.</param>
/// <param name="Approvals">The approvals of each voter; null for any number or none.</param>
/// <param name="Fund">The team's money, with its unit; null for none.</param>
/// <param name="IsHidden">Whether scores are hidden until voting has closed.</param>
/// <param name="PublishesBallots">Whether ballots are published.</param>
public sealed record CampaignPreviewModel(
    string Title, string Brief, string? Stage, IReadOnlyList<string> Methods, int? Credits, int? Approvals, string? Fund, bool IsHidden, bool PublishesBallots)
{
    /// <summary>What a form says so far.</summary>
    public static CampaignPreviewModel Of(CampaignForm form, Visit visit)
    {
        var methods = new List<string>();
        if (form.Has("approve"))
            methods.Add("method.approve");
        if (form.Has("rate"))
            methods.Add("method.rate");
        if (form.Has("invest"))
            methods.Add(form.Has("quadratic") ? "method.quadratic" : "method.invest");
        if (form.Has("rank"))
            methods.Add("method.rank");
        if (form.Has("duel"))
            methods.Add("method.duel");
        return new CampaignPreviewModel(
            form["title"].Trim(), form["brief"].Length <= CampaignFields.MaxBriefChars ? form["brief"] : "",
            form["stage-name-0"].Trim() is { Length: > 0 } stage ? stage : null, methods,
            form.Has("invest") ? Number(form["budget"]) : null, form.Has("approve") ? Number(form["approve-max"]) : null,
            Amounts.TryRead(form["fund"], out var fund) ? IdeaReader.Cost(fund, form["unit"], visit) : null, form.Has("hidden"), form.Has("publish"));
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
