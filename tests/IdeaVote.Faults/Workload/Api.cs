using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Faults.Workload;

/// <summary>The calls of the API that the harness makes.</summary>
internal static class Api
{
    public const string Campaign = "faults";

    /// <summary>The budget of a voter, in credits: less than all investments together may be, so that some are refused.</summary>
    public const int Budget = 200;

    private const string Root = "api/v1/campaigns";

    private static readonly string Body =
        $$$"""{"key":"{{{Campaign}}}","title":"Faults","approve":{},"rate":{"criteria":[{"key":"{{{BallotState.Criterion}}}","weight":1}]},"invest":{"budgetCredits":{{{Budget}}}}}""";

    /// <summary>Makes the campaign.</summary>
    public static async Task OpenCampaignAsync(HttpClient client)
    {
        using var content = Json(Body);
        using var response = await client.PostAsync(new Uri(Root, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public static HttpRequestMessage Vote(string voter, Vote vote, string? key)
    {
        var what = vote.Method switch { VoteMethod.Approve => "approval", VoteMethod.Rate => "rating", _ => "investment" };
        var method = vote is { Method: VoteMethod.Approve, Value: 0 } ? HttpMethod.Delete : HttpMethod.Put;
        var request = new HttpRequestMessage(method, new Uri($"{Root}/{Campaign}/ideas/{vote.Idea}/{what}", UriKind.Relative));
        request.Headers.Add("IdeaVote-Voter", voter);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (vote.Method == VoteMethod.Rate)
            request.Content = Json($$$"""{"scores":{"{{{BallotState.Criterion}}}":{{{vote.Value}}}}}""");
        else if (vote.Method == VoteMethod.Invest)
            request.Content = Json($$"""{"credits":{{vote.Value}}}""");
        return request;
    }

    public static HttpRequestMessage Submit(string title, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Root}/{Campaign}/ideas", UriKind.Relative)) { Content = Json($$"""{"title":"{{title}}"}""") };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path, string? voter = null, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Root}/{Campaign}{path}", UriKind.Relative));
        if (voter is not null)
            request.Headers.Add("IdeaVote-Voter", voter);
        if (after is not null)
            request.Headers.Add("IdeaVote-After", after);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new HttpRequestException($"{path} was answered with {(int)response.StatusCode} {text}");
    }

    public static async Task<BallotState> BallotAsync(HttpClient client, string voter) => BallotState.Read(await GetAsync(client, "/ballot", voter));

    /// <summary>Votes and score of every idea with votes.</summary>
    public static async Task<Dictionary<string, (int Votes, double Score)>> LeaderboardAsync(HttpClient client, string by)
    {
        var rows = (await GetAsync(client, $"/leaderboard?by={by}&top=1000")).GetProperty("rows").EnumerateArray();
        return rows.Where(row => row.GetProperty("votes").GetInt32() > 0).ToDictionary(
            row => row.GetProperty("idea").GetString()!,
            row => (row.GetProperty("votes").GetInt32(), row.GetProperty("score").GetDouble()),
            StringComparer.Ordinal);
    }

    /// <summary>The whole feed up to its head, byte for byte.</summary>
    public static async Task<byte[]> FeedAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Root}/{Campaign}/feed?follow=false", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
