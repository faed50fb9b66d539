using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Many voters at once, each doing as a seed says, and a team that closes ideas and opens them again.</summary>
internal sealed class Workload
{
    public const int Ideas = 5;
    private const int Voters = 30;

    private readonly EngineHost host;
    private readonly CampaignId campaign;
    private readonly Random random;
    private readonly List<VoterClient> voters = [];
    private readonly IdeaStatus[] wanted = [.. Enumerable.Repeat(IdeaStatus.Published, Ideas)];

    public Workload(EngineHost host, CampaignId campaign, int seed)
    {
        (this.host, this.campaign, random) = (host, campaign, new Random(seed));
        for (var i = 0; i < Voters; i++)
            voters.Add(new VoterClient(host, StreamId.Of(campaign, Names.Voter(i)), $"{campaign} {i}", seed * 1_000 + i));
    }

    /// <summary>Lets every voter send some commands, and afterwards settles whatever has no answer.</summary>
    /// <param name="commandsPerVoter">How many each.</param>
    /// <param name="meanwhile">What happens when about half of them have been answered.</param>
    public async Task RunRoundAsync(int commandsPerVoter, Func<Task>? meanwhile = null)
    {
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = 0;
        void Answered()
        {
            if (Interlocked.Increment(ref answers) == Voters * commandsPerVoter / 2)
                half.TrySetResult();
        }
        var running = Task.WhenAll(voters.Select(voter => Task.Run(() => voter.RunAsync(commandsPerVoter, Answered))));
        if (meanwhile is not null)
        {
            // Where an earlier event ended them all before half of their answers, it comes right afterwards.
            await Task.WhenAny(half.Task, running);
            await meanwhile();
        }
        await running;
        foreach (var voter in voters)
            (await voter.SettleAsync()).ShouldBeTrue();
    }

    /// <summary>Closes an idea or opens it again.</summary>
    public async Task TurnAnIdeaAsync()
    {
        var idea = random.Next(Ideas);
        wanted[idea] = wanted[idea] == IdeaStatus.Published ? IdeaStatus.Declined : IdeaStatus.Published;
        var reply = await host.Engine.SendAsync(StreamId.Of(campaign, Names.Idea(idea)), new SetIdeaStatus(wanted[idea], null));
        reply.Kind.ShouldBe(ReplyKind.Accepted, reply.Refusal?.Detail);
    }

    /// <summary>Waits until nothing is invested any more in ideas that are closed.</summary>
    public Task UntilRefundedAsync() => host.Engine.UntilAsync(campaign, () => host.Engine.Query(campaign, (board, _) =>
        board.Ideas.All(idea => !idea.Status.ReturnsInvestments() || idea.Invested == 0)));

    /// <summary>Checks that every ballot is what its voter was promised, and that together they are what the board says.</summary>
    public async Task ShouldHaveBeenObeyedAsync()
    {
        var ballots = new List<Ballot>();
        Position before;
        do
        {
            // A vote that reached an idea late is on its way back: what is compared must be of one moment.
            await UntilRefundedAsync();
            before = host.Engine.Query(campaign, (_, at) => at);
            ballots.Clear();
            foreach (var voter in voters)
                ballots.Add(await voter.ShouldHaveBeenObeyedAsync());
        }
        while (host.Engine.Query(campaign, (_, at) => at) != before);
        for (var i = 0; i < Ideas; i++)
        {
            var id = Names.Idea(i);
            var tally = host.Engine.Query(campaign, (board, _) => board.Find(id)!.ToState());
            tally.Status.ShouldBe(wanted[i]);
            tally.Approvals.ShouldBe(ballots.Count(ballot => ballot.Approvals.ContainsKey(id)));
            tally.Raters.ShouldBe(ballots.Count(ballot => ballot.Ratings.ContainsKey(id)));
            tally.Investors.ShouldBe(ballots.Count(ballot => ballot.Investments.ContainsKey(id)));
            tally.Invested.ShouldBe(ballots.Sum(ballot => ballot.Investments.TryGetValue(id, out var investment) ? investment.Credits : 0L));
        }
    }
}
