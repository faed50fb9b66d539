using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace IdeaVote.Faults.Workload;

/// <summary>What an answer means to whoever asked.</summary>
internal enum Answer { Acknowledged, Refused, Unknown }

/// <summary>Reads answers, and notes those that nothing explains.</summary>
internal static class Answers
{
    /// <summary>The codes that a server in trouble may give with 503.</summary>
    private static readonly string[] Troubles = ["outcome_unknown", "overloaded", "not_yet"];

    public static Answer Read(HttpResponseMessage response, string text, Report report, string what)
    {
        if (response.IsSuccessStatusCode)
            return Answer.Acknowledged;
        var code = CodeOf(text);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable && Troubles.Contains(code, StringComparer.Ordinal))
            return string.Equals(code, "outcome_unknown", StringComparison.Ordinal) ? Answer.Unknown : Answer.Refused;
        if (string.Equals(code, "budget_exceeded", StringComparison.Ordinal))
            return Answer.Refused;
        report.Find(Wrong.Unexplained, $"{what} was answered with {(int)response.StatusCode} {text}");
        return Answer.Unknown;
    }

    /// <summary>The code of a refusal; null if it has none.</summary>
    public static string? CodeOf(string text)
    {
        try
        {
            return JsonElement.Parse(text).GetProperty("code").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a failure means that no answer came: the connection broke.</summary>
    public static bool IsNone(Exception e) => e is HttpRequestException or IOException or SocketException or OperationCanceledException;
}
