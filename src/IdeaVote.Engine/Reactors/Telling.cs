using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Reactors;

/// <summary>How reactors send their commands.</summary>
internal static class Telling
{
    /// <summary>Sends a command to one voter.</summary>
    /// <returns>Whether there was an answer; a refusal is one.</returns>
    public static async Task<bool> TellAsync(this IEngine engine, CampaignId campaign, VoterId voter, Command command, CancellationToken cancellation)
    {
        var reply = await engine.SendWhenRoomAsync(StreamId.Of(campaign, voter), command, cancellation);
        return reply.Kind is ReplyKind.Accepted or ReplyKind.Refused;
    }

    /// <summary>Sends a command to each of several voters at once, so that they wait for their commit together.</summary>
    /// <returns>Whether all were answered.</returns>
    public static async Task<bool> TellAsync<T>(
        this IEngine engine, CampaignId campaign, IReadOnlyList<T> page, Func<T, VoterId> voterOf, Func<T, Command> commandFor, CancellationToken cancellation)
    {
        var answers = new Task<bool>[page.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = engine.TellAsync(campaign, voterOf(page[i]), commandFor(page[i]), cancellation);
        return !(await Task.WhenAll(answers)).Contains(false);
    }
}
