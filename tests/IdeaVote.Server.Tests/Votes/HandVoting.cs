using System.Net;
using System.Text.Json;

namespace IdeaVote.Server.Tests.Votes;

/// <summary>One voter who votes by hand, on and on, until the server is gone.</summary>
internal sealed class HandVoting(CrowdAtWork work, VoterLedger voter, string[] ideas, Random random)
{
    // Of a budget of 1,000 credits, so that no vote is ever refused.
    private const int MostCredits = 100;

    public async Task RunAsync()
    {
        while (work.GoesOn)
        {
            using var request = Next();
            if (!await TrySendAsync(request))
                return;
        }
    }

    private HttpRequestMessage Next()
    {
        var idea = ideas[random.Next(Math.Min(ideas.Length, 10))];
        var ballot = voter.Acknowledged;
        switch (random.Next(5))
        {
            case 0:
                voter.Send(ballot.WithApproval(idea, approves: true));
                return Calls.Vote(voter.Name, HttpMethod.Put, idea, "approval");
            case 1:
                voter.Send(ballot.WithApproval(idea, approves: false));
                return Calls.Vote(voter.Name, HttpMethod.Delete, idea, "approval");
            case 2:
                var credits = random.Next(1, MostCredits + 1);
                voter.Send(ballot.WithInvestment(idea, credits));
                return Calls.Vote(voter.Name, HttpMethod.Put, idea, "investment", $$"""{"credits":{{credits}}}""");
            default:
                var stars = random.Next(1, 6);
                voter.Send(ballot.WithRating(idea, stars));
                return Calls.Vote(voter.Name, HttpMethod.Put, idea, "rating", $$$"""{"scores":{"{{{BallotState.Criterion}}}":{{{stars}}}}}""");
        }
    }

    private async Task<bool> TrySendAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await work.Client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK)
                return work.Acknowledge(voter);
            var text = await response.Content.ReadAsStringAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
            work.Refusals.Add(JsonElement.Parse(text).GetProperty("code").GetString()!);
            return false;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
