using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Makes and changes campaigns: text into the text store first, then the command that refers to it.</summary>
internal sealed class CampaignEditor(IEngine engine, CampaignCatalog catalog, TextDocuments documents, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    // A change is worked out from what is there; if that changed meanwhile (by a colleague or the schedule), again.
    private const int MaxAttempts = 5;

    /// <summary>What became of a wish: a campaign, or a command that was not accepted.</summary>
    public readonly record struct Outcome(CampaignView? Campaign, Reply Reply);

    /// <summary>Makes a campaign; where one of the same content exists already, it is the answer.</summary>
    /// <exception cref="ApiException">400, or 409 <c>campaign_exists</c>.</exception>
    public async ValueTask<Outcome> CreateAsync(CampaignRequest request, Caller caller, CancellationToken cancellation)
    {
        var (id, content) = Content(request);
        if (await catalog.FindAsync(id, cancellation) is { } existing)
        {
            var position = await engine.QueryAsync(id, static (_, at) => at, cancellation);
            return new Outcome(Same(existing, request.Preset, content), Reply.Accepted(existing.State, position, changed: false));
        }

        var stream = StreamId.Of(id);
        var (document, text) = documents.Make(stream, null, content.Text, CampaignTextJson.Default.CampaignText);
        await documents.PutAsync(document, cancellation);
        // From here on nobody's impatience counts: the document must not lie there without its campaign.
        var reply = await engine.SendAsync(stream, new CreateCampaign(text, request.Preset, content.Rules, content.Stages) { Actor = caller.Actor }, CancellationToken.None);
        if (reply.Kind != ReplyKind.Accepted || !reply.Changed)
            await DropAsync(text, reply);
        if (reply.Kind != ReplyKind.Accepted)
            return new Outcome(null, reply);
        var view = await catalog.ViewAsync(id, (Campaign)reply.State!, cancellation);
        return new Outcome(reply.Changed ? view : Same(view, request.Preset, content), reply);
    }

    /// <summary>Checks a request to make a campaign and works out what it asks for; changes nothing.</summary>
    /// <exception cref="ApiException">400, with the field to blame.</exception>
    public (CampaignId Id, CampaignContent Content) Content(CampaignRequest request)
    {
        if (!Slugs.IsValid(request.Key))
            throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", $"A key is 1 to {Slugs.MaxChars} of a-z, 0-9 and hyphens, not beginning with a hyphen.", "key");
        var id = pseudonyms.Campaign(request.Key);
        var content = CampaignContent.Of(request.Preset, request.Key).With(request, request.Preset, id, pseudonyms);
        return content.Text.Title.Length > 0 ? (id, content) : throw new ApiException(
            StatusCodes.Status400BadRequest, "missing_field", "The field 'title' is missing.", "title");
    }

    /// <summary>Changes a campaign.</summary>
    /// <exception cref="ApiException">400, 404 <c>campaign_not_found</c> or 409 <c>rule_frozen</c>.</exception>
    public async ValueTask<Outcome> ChangeAsync(string slug, CampaignPatch patch, Caller caller, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var old = await catalog.GetAsync(slug, cancellation);
            var before = new CampaignContent(old.Text, old.State.Rules, old.State.Stages);
            var after = before.With(patch, old.State.Preset, old.Id, pseudonyms);
            CheckFrozenText(old, after);

            var stream = StreamId.Of(old.Id);
            TextRef? text = null;
            if (!after.SameText(before.Text))
            {
                (var document, text) = documents.Make(stream, null, after.Text, CampaignTextJson.Default.CampaignText);
                await documents.PutAsync(document, cancellation);
            }
            var change = new ChangeCampaign(text, after.Rules, after.Stages) { Actor = caller.Actor, ExpectedVersion = old.State.Version };
            var reply = await engine.SendAsync(stream, change, CancellationToken.None);
            if (reply.Kind == ReplyKind.Accepted)
                return new Outcome(await catalog.ViewAsync(old.Id, (Campaign)reply.State!, cancellation), reply);
            if (text is not null)
                await DropAsync(text, reply);
            if (reply.Refusal?.Code != RefusalCode.CampaignChanged || attempt == MaxAttempts)
                return new Outcome(null, reply);
            // Again on what it has become.
            var newest = await engine.ReadAsync(stream, cancellation);
            await engine.WaitAsync(newest.Position, TimeSpan.FromSeconds(1), cancellation);
        }
    }

    /// <summary>Moves a campaign to a stage.</summary>
    /// <exception cref="ApiException">404 <c>campaign_not_found</c> or 400 <c>unknown_stage</c>.</exception>
    public async ValueTask<Outcome> EnterAsync(string slug, string stage, Caller caller, CancellationToken cancellation)
    {
        var campaign = await catalog.GetAsync(slug, cancellation);
        var number = campaign.Text.Stages.ToList().FindIndex(name => name.Equals(stage.Trim(), StringComparison.OrdinalIgnoreCase));
        if (number < 0)
            throw new ApiException(StatusCodes.Status400BadRequest, RefusalCode.UnknownStage, $"The campaign's stages are {string.Join(", ", campaign.Text.Stages)}.", "stage");
        var reply = await engine.SendAsync(StreamId.Of(campaign.Id), new EnterStage(number) { Actor = caller.Actor }, cancellation);
        return new Outcome(reply.Kind == ReplyKind.Accepted ? await catalog.ViewAsync(campaign.Id, (Campaign)reply.State!, cancellation) : null, reply);
    }

    private static CampaignView Same(CampaignView existing, Preset preset, CampaignContent wanted)
    {
        var there = new CampaignContent(existing.Text, existing.State.Rules, existing.State.Stages);
        return existing.State.Preset == preset && there.SameAs(wanted) ? existing : throw new ApiException(
            StatusCodes.Status409Conflict, RefusalCode.CampaignExists, "There is a campaign of this key with other content. Choose another key, or change that one with PATCH.", "key");
    }

    /// <summary>What the domain can't refuse because it knows criteria and units by number only.</summary>
    private void CheckFrozenText(CampaignView old, CampaignContent after)
    {
        if (!old.State.HasOpenedAt(Instant.From(time.GetUtcNow())))
            return;
        if (!old.Text.Criteria.SequenceEqual(after.Text.Criteria.Take(old.Text.Criteria.Count), StringComparer.Ordinal))
            throw Frozen("No criterion can be removed or renamed.", "rate.criteria");
        if (old.Text.Unit is { } unit && unit != after.Text.Unit)
            throw Frozen("The unit of the fund and of costs can't be changed.", "fund.unit");
    }

    private static ApiException Frozen(string why, string field) =>
        new(StatusCodes.Status409Conflict, RefusalCode.RuleFrozen, why + " Voting has already been open under the present rules.", field);

    /// <summary>Deletes a document that no event refers to; where that is not certain, it stays.</summary>
    private async ValueTask DropAsync(TextRef text, Reply reply)
    {
        if (reply.Kind != ReplyKind.OutcomeUnknown)
            await documents.DeleteAsync(text.Id, CancellationToken.None);
    }
}
