using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Voters;

/// <summary>What a trusted caller knows of a voter: segment and attributes.</summary>
public static class VoterEndpoints
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxAttributes = 50;
    private const int MaxNameChars = 100;
    private const int MaxValueChars = 1_000;

    /// <summary>Maps the endpoint.</summary>
    public static void MapVoters(this IEndpointRouteBuilder api)
    {
        var voters = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapPut("/campaigns/{c}/voters/{voter}", voters.PutAsync).Requires(Scopes.Manage | Scopes.VoteAny)
            .Describe("Say what is known of a voter", doc => doc
                .Note("Sets segment and attributes; an absent field stays, null takes it away. Votes already cast move to the new segment. At most 50 attributes, names of 100 and values of 1,000 characters.")
                .Takes(VoterJson.Default.VoterRequest, """{ "segment": "north", "attributes": { "ageGroup": "30-39" } }""", MaxBytes)
                .Answer(200, VoterJson.Default.VoterAnswer)
                .Problem(400, "invalid_voter", "too_many").Problem(404, "campaign_not_found"));
    }

    private sealed class Handlers(IEngine engine, CampaignCatalog catalog, TextDocuments documents, Pseudonyms pseudonyms, Positions positions)
    {
        public async Task PutAsync(HttpContext context)
        {
            var request = await RequestBody.ReadAsync(context, VoterJson.Default.VoterRequest, MaxBytes);
            var name = VoterNames.Normalise(context.Route("voter"));
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var stream = StreamId.Of(campaign.Id, pseudonyms.Voter(campaign.Id, name));

            var segment = request.GivesSegment ? new SegmentChange(Segment(campaign.Id, request.Segment)) : null;
            var wanted = Attributes(request.Attributes);
            var (change, old) = request.GivesAttributes ? await ChangeAsync(stream, name, wanted, context.RequestAborted) : default;
            var reply = await engine.SendAsync(stream, new DescribeVoter(segment, change) { Actor = context.Caller().Actor }, CancellationToken.None);
            await TidyAsync(change, old, reply);
            if (reply.Kind != ReplyKind.Accepted)
            {
                await Problems.WriteAsync(context, reply);
                return;
            }
            positions.WritePosition(context, reply.Position);
            // Nothing of the ballot is in the answer: who may describe a voter need not be one who may see scores.
            var known = await documents.ReadAsync(((Voter)reply.State!).Attributes, VoterTextJson.Default.VoterText, context.RequestAborted);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, new VoterAnswer(name, known?.Attributes), VoterJson.Default.VoterAnswer);
        }

        /// <summary>The change to make, if any, and the document it replaces.</summary>
        private async ValueTask<(AttributesChange? Change, TextRef? Old)> ChangeAsync(
            StreamId stream, string name, IReadOnlyDictionary<string, string>? wanted, CancellationToken cancellation)
        {
            var read = await engine.ReadAsync(stream, cancellation);
            var old = (read.State as Voter)?.Attributes;
            if (wanted is null)
                return (new AttributesChange(null), old);
            var there = await documents.ReadAsync(old, VoterTextJson.Default.VoterText, cancellation);
            if (there is not null && there.Attributes.Count == wanted.Count
                && wanted.All(pair => there.Attributes.TryGetValue(pair.Key, out var value) && value == pair.Value))
                return default;
            var (document, text) = documents.Make(stream, pseudonyms.Person(name), new VoterText(wanted), VoterTextJson.Default.VoterText);
            await documents.PutAsync(document, cancellation);
            return (new AttributesChange(text), old);
        }

        /// <summary>Deletes the document that nothing refers to any more: attributes have no history.</summary>
        private async ValueTask TidyAsync(AttributesChange? change, TextRef? old, Reply reply)
        {
            if (change is null || reply.Kind == ReplyKind.OutcomeUnknown)
                return;
            var useless = reply.Kind == ReplyKind.Accepted ? old : change.Attributes;
            if (useless is not null)
                await documents.DeleteAsync(useless.Id, CancellationToken.None);
        }

        private TermId? Segment(CampaignId campaign, string? segment) => segment is null
            ? null
            : pseudonyms.Segment(campaign, Nfc.Normalise(TextRules.Line(segment, "segment", RollEndpoints.MaxSegmentChars)));

        private static IReadOnlyDictionary<string, string>? Attributes(IReadOnlyDictionary<string, string>? attributes)
        {
            if (attributes is null || attributes.Count == 0)
                return null;
            if (attributes.Count > MaxAttributes)
                throw new ApiException(StatusCodes.Status400BadRequest, "too_many", $"A voter has at most {MaxAttributes} attributes.", "attributes");
            foreach (var (name, value) in attributes)
            {
                TextRules.Line(name, "attributes", MaxNameChars);
                TextRules.Body(value, $"attributes.{name}", MaxValueChars);
            }
            return attributes;
        }
    }
}
