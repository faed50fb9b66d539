using IdeaVote.Domain.Kernel;
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

/// <summary>The voter roll: who may vote where a campaign says so.</summary>
public static class RollEndpoints
{
    /// <summary>The longest name of a segment, in characters.</summary>
    public const int MaxSegmentChars = 100;

    private const int MaxBytes = 16 * 1024 * 1024;
    private const int MaxEntries = 100_000;

    /// <summary>Maps the endpoint.</summary>
    public static void MapRoll(this IEndpointRouteBuilder api)
    {
        var roll = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapPut("/campaigns/{c}/roll", roll.PutAsync).Requires(Scopes.Manage)
            .Describe("Add voters to the roll, or change their segments", doc => doc
                .Note("All of a request or none of it. At most 100,000 entries and 16 MiB a request; send larger rolls in parts. Sending an entry again changes nothing.")
                .Takes(VoterJson.Default.RollRequest, """{ "entries": [{ "voter": "resident-4711", "segment": "north" }, { "voter": "resident-4712", "segment": null }] }""", MaxBytes)
                .Takes(JsonResponse.NdJson, "{\"voter\":\"resident-4711\",\"segment\":\"north\"}\n{\"voter\":\"resident-4712\"}\n", VoterJson.Default.RollLine)
                .Answer(200, VoterJson.Default.RollAnswer)
                .Problem(400, "invalid_voter", "malformed_json").Problem(404, "campaign_not_found").Problem(413, "too_large"));
    }

    private sealed class Handlers(CampaignCatalog catalog, IAccessStore access, Pseudonyms pseudonyms)
    {
        public async Task PutAsync(HttpContext context)
        {
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var isLines = context.Request.ContentType?.Split(';')[0].Trim().Equals(JsonResponse.NdJson, StringComparison.OrdinalIgnoreCase) == true;
            using var body = isLines ? await PooledBody.ReadAsync(context, MaxBytes) : await RequestBody.ReadBytesAsync(context, MaxBytes);
            var entries = isLines ? FromLines(campaign.Id, body.Memory.Span) : FromJson(campaign.Id, body.Memory.Span);
            await access.PutRollAsync(campaign.Id, entries, context.RequestAborted);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, new RollAnswer(entries.Count), VoterJson.Default.RollAnswer);
        }

        private List<RollEntry> FromJson(CampaignId campaign, ReadOnlySpan<byte> json)
        {
            var request = RequestBody.Parse(json, VoterJson.Default.RollRequest);
            CheckCount(request.Entries.Count);
            var entries = new List<RollEntry>(request.Entries.Count);
            for (var i = 0; i < request.Entries.Count; i++)
                entries.Add(Entry(campaign, request.Entries[i], $"entries[{i}]."));
            return entries;
        }

        private List<RollEntry> FromLines(CampaignId campaign, ReadOnlySpan<byte> lines)
        {
            var entries = new List<RollEntry>();
            var number = 0;
            foreach (var range in lines.Split((byte)'\n'))
            {
                number++;
                var line = lines[range].Trim(" \t\r"u8);
                if (line.IsEmpty)
                    continue;
                CheckCount(entries.Count + 1);
                try
                {
                    entries.Add(Entry(campaign, RequestBody.Parse(line, VoterJson.Default.RollLine), ""));
                }
                catch (ApiException e)
                {
                    throw new ApiException(e.Status, e.Code, $"Line {number}: {e.Message} Nothing of the request was taken.", e.Field);
                }
            }
            return entries;
        }

        private RollEntry Entry(CampaignId campaign, RollLine line, string path) => new(
            pseudonyms.Voter(campaign, VoterNames.Normalise(line.Voter, path + "voter")),
            line.Segment is null ? null : pseudonyms.Segment(campaign, Nfc.Normalise(TextRules.Line(line.Segment, path + "segment", MaxSegmentChars))));

        private static void CheckCount(int count)
        {
            if (count > MaxEntries)
                throw new ApiException(StatusCodes.Status413PayloadTooLarge, "too_large", $"A request holds at most {MaxEntries} entries; send the roll in parts.");
        }
    }
}
