using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Benchmarks;

/// <summary>
/// The limit to compare with: a PUT that parses the same JSON and answers as many bytes, or a GET that answers them, and does nothing
/// else.
/// </summary>
internal sealed class BareKestrel : IAsyncDisposable
{
    private readonly WebApplication app;

    private BareKestrel(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<BareKestrel> StartAsync(int answerBytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var answer = new byte[answerBytes];
        Array.Fill(answer, (byte)'x');
        app.MapPut("/api/v1/campaigns/{c}/ideas/{i}/rating", async context =>
        {
            var body = await context.Request.ReadFromJsonAsync(BareJson.Default.BareRating);
            context.Response.StatusCode = body?.Scores?.Count == 1 ? 200 : 400;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        app.MapGet("/", async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await app.StartAsync();
        return new BareKestrel(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>The body of a rating.</summary>
internal sealed record BareRating(Dictionary<string, int>? Scores);

/// <summary>Reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BareRating))]
internal sealed partial class BareJson : JsonSerializerContext;
