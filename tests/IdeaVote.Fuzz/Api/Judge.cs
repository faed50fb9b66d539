using System.Text.Json;

namespace IdeaVote.Fuzz.Api;

/// <summary>Says what is wrong with an answer.</summary>
/// <param name="description">What the server says of itself.</param>
internal sealed class Judge(ApiDescription description)
{
    private const string Problem = "application/problem+json";

    /// <summary>Judges one.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Of(FuzzedRequest request, WireAnswer answer, out Operation? operation, out string? code)
    {
        // The route that the server took: a strange path may lead elsewhere.
        operation = answer.Headers.TryGetValue(FuzzedServer.RouteHeader, out var route) ? description.Find(route) : null;
        code = null;
        var isHead = request.Method == "HEAD";
        if (answer.Status < 400)
            return JudgeSuccess(operation, answer, isHead || request.IsFollowing);
        // What is no HTTP is answered by the web server, which has no words and says goodbye.
        if (answer is { Closes: true, Body.Length: 0, Status: < 500 or 501 or 505 } && operation is null)
            return null;
        if (answer.ContentType != Problem)
            return $"{answer.Status} is answered as '{answer.ContentType}': {answer.Text}";
        if (isHead)
            return null;
        try
        {
            code = JsonElement.Parse(answer.Body).GetProperty("code").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{answer.Status} without a code: {answer.Text}";
        }
        if (answer.Status == 500)
            return $"500: {answer.Text}";
        return Names(description.Anywhere.GetValueOrDefault(answer.Status), code!) || Names(operation?.Answers.GetValueOrDefault(answer.Status)?.Codes, code!)
            ? null
            : $"{answer.Status} {code}, which the description of {operation?.ToString() ?? "no call"} does not name: {answer.Text}";
    }

    private static string? JudgeSuccess(Operation? operation, WireAnswer answer, bool isWithoutBody)
    {
        // Pages and the description itself are not in the description.
        if (operation is null)
            return null;
        if (!operation.Answers.TryGetValue(answer.Status, out var described))
            return $"{answer.Status}, which the description of {operation} does not name";
        if (described.ContentTypes.Count == 0)
            return answer.Body.Length == 0 ? null : $"{answer.Status} has a body, which the description of {operation} does not name";
        if (described.ContentTypes.All(type => type.Split(';')[0] != answer.ContentType))
            return $"{answer.Status} as '{answer.ContentType}', which the description of {operation} does not name";
        return isWithoutBody || !answer.ContentType.EndsWith("json", StringComparison.Ordinal) || IsJson(answer) ? null : $"{answer.Status} with what is no JSON: {answer.Text}";
    }

    private static bool IsJson(WireAnswer answer)
    {
        try
        {
            foreach (var line in answer.ContentType.EndsWith("ndjson", StringComparison.Ordinal) ? answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [answer.Text])
                _ = JsonElement.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Names(IReadOnlySet<string>? codes, string code) => codes?.Contains(code) == true;
}
