using System.Text.Json.Serialization;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Logs;

/// <summary>What is logged, seen and changed while the server runs.</summary>
internal static class LogEndpoints
{
    private const int MaxBytes = 16 * 1024;

    private const string Levels = "levels";

    /// <summary>Maps the endpoints.</summary>
    public static void MapLogs(this IEndpointRouteBuilder api)
    {
        var levels = api.ServiceProvider.GetRequiredService<LogLevels>();
        api.MapGet("/log-levels", context => SayAsync(context, levels)).Requires(Scopes.Admin)
            .Describe("What is logged", doc => doc.Answer(200, LogJson.Default.LogLevelBody));
        api.MapPut("/log-levels", context => SetAsync(context, levels)).Requires(Scopes.Admin)
            .Describe("Change what is logged, at once", doc => doc
                .Note($"""
                    `levels` is a level, and for categories whose names begin alike another: trace, debug, information, warning, error, critical or none. At most
                    {LogLevelText.MaxCategories} categories. Of some of the framework's categories, which hold addresses, headers and keys, nothing below warnings is ever written. This
                    process only, until it ends; `IDEAVOTE_LOG` says the same for every start.
                    """)
                .Takes(LogJson.Default.LogLevelBody, """{ "levels": "information,Microsoft=warning,IdeaVote.Gateway=debug" }""", MaxBytes)
                .Answer(200, LogJson.Default.LogLevelBody));
    }

    private static Task SayAsync(HttpContext context, LogLevels levels) =>
        JsonResponse.WriteAsync(context, StatusCodes.Status200OK, new LogLevelBody(levels.Current.ToString()), LogJson.Default.LogLevelBody);

    private static async Task SetAsync(HttpContext context, LogLevels levels)
    {
        var body = await RequestBody.ReadAsync(context, LogJson.Default.LogLevelBody, MaxBytes);
        levels.Set(LogLevelText.Read(body.Levels)
            ?? throw CommonProblems.Invalid(Levels, "\"levels\" is a level and, after commas, categories with levels, like information,Microsoft=warning. Levels are trace, debug, information, warning, error, critical and none."));
        await SayAsync(context, levels);
    }
}

/// <summary>What is logged.</summary>
/// <param name="Levels">As <c>IDEAVOTE_LOG</c> has it.</param>
internal sealed record LogLevelBody(string Levels);

/// <summary>The JSON of the log's endpoints.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(LogLevelBody))]
internal sealed partial class LogJson : JsonSerializerContext;
