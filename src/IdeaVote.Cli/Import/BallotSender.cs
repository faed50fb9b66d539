using System.Text.Json;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Import;

/// <summary>Sends batches of ballots until every line has its result.</summary>
/// <param name="client">The server.</param>
/// <param name="campaign">The campaign's key.</param>
internal sealed class BallotSender(ApiClient client, string campaign)
{
    private readonly string path = $"campaigns/{Uri.EscapeDataString(campaign)}/ballots";

    /// <summary>
    /// Sends a batch. Where the connection breaks, or the server has no time for a line, the lines without a result
    /// are sent again: a ballot is an absolute state, so a second time changes nothing.
    /// </summary>
    /// <param name="batch">The lines.</param>
    /// <param name="onResult">Told every line's result once, as it arrives.</param>
    /// <param name="cancel">Ends the sending.</param>
    /// <exception cref="ApiException">The server refused the request, or lines stayed without a result.</exception>
    public Task SendAsync(IReadOnlyList<BallotLine> batch, Action<BallotResult> onResult, CancellationToken cancel)
    {
        var open = batch.ToDictionary(line => line.Line);
        return client.Backoff.RunAsync(
            async () =>
            {
                var pending = batch.Where(line => open.ContainsKey(line.Line)).Select(line => line.Json).ToList();
                BallotResult? postponed = null;
                await foreach (var line in client.PostLinesAsync(path, new NdJsonContent(pending), IdempotencyKey.Of(campaign, pending), cancel))
                {
                    var result = Read(line);
                    if (result.Code is "overloaded" or "outcome_unknown" or "not_yet" or "incomplete_line")
                        postponed = result;
                    else if (result.Line is { } number && open.Remove(number))
                        onResult(result);
                }
                return open.Count == 0 ? 0 : throw Unanswered(open.Count, postponed);
            },
            cancel);
    }

    private static ApiException Unanswered(int count, BallotResult? postponed) =>
        new(postponed?.Detail ?? $"the server left {count} ballots of a request without a result")
        {
            Code = postponed?.Code,
            IsTransient = true,
        };

    private static BallotResult Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BallotResult>(line, ApiJson.Options) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            // A line cut off by a broken connection looks the same; the ballots without a result are sent again.
            throw Unreadable();
        }
    }

    private static ApiException Unreadable() => new("the server's answer to a request broke off or cannot be read") { IsTransient = true };
}
