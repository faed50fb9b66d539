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
    /// <summary>What this program is told to be nothing but a bare Kestrel, which answers as many bytes as the next argument says.</summary>
    public const string Command = "bare-kestrel";

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
        app.MapGet("/{**path}", async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await app.StartAsync();
        return new BareKestrel(app);
    }

    /// <summary>Is a bare Kestrel until whoever started it has gone.</summary>
    public static async Task ServeAsync(int answerBytes)
    {
        await using var bare = await StartAsync(answerBytes);
        Console.WriteLine(bare.Address);
        await Console.In.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>The body of a rating.</summary>
internal sealed record BareRating(Dictionary<string, int>? Scores);

/// <summary>Reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BareRating))]
internal sealed partial class BareJson : JsonSerializerContext;
