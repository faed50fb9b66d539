using System.Net;
using System.Text.Json;

namespace IdeaVote.Server.Tests.Votes;

/// <summary>Sends whole ballots of some voters, request after request, until the server is gone.</summary>
internal sealed class BulkVoting(CrowdAtWork work, VoterLedger[] voters, string[] ideas, Random random)
{
    public async Task RunAsync()
    {
        while (work.GoesOn)
        {
            for (var i = 0; i < voters.Length; i++)
                voters[i].Send(AnyBallot());
            var lines = string.Join('\n', voters.Select((voter, i) => voter.Unanswered!.ToLine(i, voter.Name)));
            using var request = Calls.Ballots(lines);
            if (!await TrySendAsync(request))
                return;
        }
    }

    private BallotState AnyBallot()
    {
        var ballot = BallotState.Empty;
        for (var votes = random.Next(8); votes > 0; votes--)
        {
            var idea = ideas[random.Next(ideas.Length)];
            ballot = random.Next(3) switch
            {
                0 => ballot.WithApproval(idea, approves: true),
                1 => ballot.WithRating(idea, random.Next(1, 6)),
                _ => ballot.WithInvestment(idea, random.Next(1, 100)),
            };
        }
        return ballot;
    }

    private async Task<bool> TrySendAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await work.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var results = new StreamReader(await response.Content.ReadAsStreamAsync());
            var answered = 0;
            while (await results.ReadLineAsync() is { } line)
            {
                if (!Take(JsonElement.Parse(line)))
                    return false;
                answered++;
            }
            return answered == voters.Length;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            // The connection broke, perhaps in the middle of a result.
            return false;
        }
    }

    private bool Take(JsonElement result)
    {
        if (result.GetProperty("status").GetString() is "counted" or "unchanged")
            return work.Acknowledge(voters[result.GetProperty("line").GetInt32()]);
        var code = result.GetProperty("code").GetString()!;
        code.ShouldBe("outcome_unknown", result.ToString());
        work.Refusals.Add(code);
        return false;
    }
}
