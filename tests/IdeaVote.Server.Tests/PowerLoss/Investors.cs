using IdeaVote.Domain.Voters;
using IdeaVote.Engine;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>
/// Voters whose every investment is one credit higher than the one before, on the ideas in turn: so that what a ballot holds tells
/// which vote was the last to reach the disk.
/// </summary>
internal sealed class Investors
{
    private const int Count = 12;

    private readonly int[] sent = new int[Count];
    private readonly int[][] acknowledged = [.. Enumerable.Range(0, Count).Select(_ => new int[PoweredEngine.Ideas])];

    /// <summary>How many votes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Votes until power fails.</summary>
    public async Task VoteAsync(IEngine engine, FragileDisk disk)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Count).Select(voter => Task.Run(() => VoteAsync(engine, disk, voter))));
        Acknowledged += counts.Sum();
    }

    /// <summary>What was acknowledged and is not there, and what is there though nobody sent it.</summary>
    public async Task<List<string>> FindWrongAsync(IEngine engine)
    {
        var wrong = new List<string>();
        for (var voter = 0; voter < Count; voter++)
        {
            var reply = await engine.ReadAsync(PoweredEngine.Voter(voter));
            var investments = ((Voter)reply.State!).Ballot.Investments;
            for (var idea = 0; idea < PoweredEngine.Ideas; idea++)
            {
                var held = investments.TryGetValue(PoweredEngine.Idea(idea), out var investment) ? investment.Credits : 0;
                if (held < acknowledged[voter][idea] || held > sent[voter] || (held > 0 && held % PoweredEngine.Ideas != idea))
                    wrong.Add($"voter {voter} holds {held} credits on idea {idea}; {acknowledged[voter][idea]} were acknowledged, {sent[voter]} was the last sent");
                acknowledged[voter][idea] = held;
            }
        }
        return wrong;
    }

    private async Task<int> VoteAsync(IEngine engine, FragileDisk disk, int voter)
    {
        for (var count = 0; ; count++)
        {
            var credits = ++sent[voter];
            var idea = credits % PoweredEngine.Ideas;
            var reply = await engine.SendAsync(PoweredEngine.Voter(voter), new CastInvestment(PoweredEngine.Idea(idea), credits));
            reply.Kind.ShouldBe(ReplyKind.Accepted, reply.ToString());
            // What arrives after the failure was never said.
            if (disk.IsDead)
                return count;
            acknowledged[voter][idea] = credits;
        }
    }
}
