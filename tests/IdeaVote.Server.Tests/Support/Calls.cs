using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Server.Tests.Support;

/// <summary>The API's calls that these tests make.</summary>
internal static class Calls
{
    public const string Campaign = "crash";

    /// <summary>What leaderboards rank by.</summary>
    public static readonly string[] Methods = ["approvals", "rating", "invested"];

    private const string Root = "api/v1/campaigns";

    /// <summary>The body of a campaign that takes all kinds of votes.</summary>
    public const string CampaignBody =
        """{"key":"crash","title":"Votes that must not get lost","approve":{},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":1000}}""";

    /// <summary>Makes the campaign and its ideas.</summary>
    /// <returns>The ideas' ids.</returns>
    public static async Task<string[]> PrepareAsync(this HttpClient client, int ideas)
    {
        await client.PostAsync(Root, CampaignBody);
        var ids = new string[ideas];
        for (var i = 0; i < ideas; i++)
        {
            using var idea = await client.PostAsync($"{Root}/{Campaign}/ideas", $$"""{"title":"{{TitleOf(i)}}","reference":"{{i}}"}""");
            ids[i] = idea.RootElement.GetProperty("id").GetString()!;
        }
        return ids;
    }

    public static string TitleOf(int idea) => $"Idea number {idea}";

    /// <summary>Posts JSON, which must succeed.</summary>
    public static async Task<JsonDocument> PostAsync(this HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return JsonDocument.Parse(text);
    }

    /// <summary>A change of a vote, ready to be sent.</summary>
    public static HttpRequestMessage Vote(string voter, HttpMethod method, string idea, string what, string? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri($"{Root}/{Campaign}/ideas/{idea}/{what}", UriKind.Relative));
        request.Headers.Add("IdeaVote-Voter", voter);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>Whole ballots, ready to be sent.</summary>
    public static HttpRequestMessage Ballots(string lines)
    {
        var content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        return new HttpRequestMessage(HttpMethod.Post, new Uri($"{Root}/{Campaign}/ballots", UriKind.Relative)) { Content = content };
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path, string? voter = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (voter is not null)
            request.Headers.Add("IdeaVote-Voter", voter);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    public static Task<JsonElement> BallotAsync(this HttpClient client, string voter) => client.GetJsonAsync($"{Root}/{Campaign}/ballot", voter);

    /// <summary>The rows of a leaderboard.</summary>
    public static async Task<JsonElement[]> LeaderboardAsync(this HttpClient client, string by, string campaign = Campaign) =>
        [.. (await client.GetJsonAsync($"{Root}/{campaign}/leaderboard?by={by}&top=1000")).GetProperty("rows").EnumerateArray()];

    /// <summary>The whole feed up to its head, byte for byte.</summary>
    public static async Task<byte[]> FeedAsync(this HttpClient client, string campaign = Campaign)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Root}/{campaign}/feed?follow=false", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }
}
