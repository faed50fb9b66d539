using System.Text.Json.Serialization;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Persons;

/// <summary>What was erased of a person.</summary>
/// <param name="Texts">How many texts and sets of attributes.</param>
/// <param name="Tokens">How many tokens.</param>
public sealed record ErasureAnswer(int Texts, int Tokens);

/// <summary>The JSON of the persons' endpoints.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(ErasureAnswer))]
public sealed partial class PersonJson : JsonSerializerContext;

/// <summary>Erasing persons.</summary>
public static class PersonEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapPersons(this IEndpointRouteBuilder api)
    {
        var persons = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapDelete("/persons/{voter}", persons.EraseAsync).Requires(Scopes.Admin)
            .Describe("Erase a person", doc => doc
                .Note("""
                    Erases, in all campaigns, everything the person wrote, what is known of them, their tokens and their places on voter rolls.
                    Their votes stay counted, under a name that leads nowhere. Safe to repeat.
                    """)
                .Answer(200, PersonJson.Default.ErasureAnswer)
                .Problem(400, "invalid_voter").Problem(503, "outcome_unknown", "not_yet"));
    }

    private sealed class Handlers(PersonEraser eraser, Positions positions)
    {
        public async Task EraseAsync(HttpContext context)
        {
            var name = VoterNames.Normalise(context.Route("voter"));
            var (answer, position, failed) = await eraser.EraseAsync(name, context.Caller().Actor);
            if (failed is { } reply)
            {
                await Problems.WriteAsync(context, reply);
                return;
            }
            positions.WritePosition(context, position);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, answer, PersonJson.Default.ErasureAnswer);
        }
    }
}
