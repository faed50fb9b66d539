using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Partitions;
using IdeaVote.Simulation.Audit;
using IdeaVote.Simulation.Cluster;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation;

/// <summary>A campaign from its beginning to its end, with everything going wrong that can; then calm, then the audit.</summary>
public sealed class Scenario
{
    private const int Ideas = 3;
    private const int Voters = 5;
    private const int CommandsEach = 9;
    private const int Budget = 100;

    // A vote follows a chain link by link.
    private const int MostRounds = 4 * Ideas;

    private readonly SimScheduler scheduler;
    private readonly ISimWorld world;
    private readonly Auditor auditor;
    private readonly SimReactor reactor;
    private readonly Faults faults;
    private readonly Dictionary<(StreamId Voter, IdeaId Idea, Type Method), object> expected = [];
    private readonly HashSet<StreamId> uncertain = [];
    private bool isOver;

    private Scenario(SimScheduler scheduler, ISimWorld world, Faults faults, NodeMutation mutation)
    {
        (this.scheduler, this.world, this.faults) = (scheduler, world, faults);
        auditor = new Auditor(world.Journal, world.PartitionNames, Budget);
        reactor = new SimReactor(scheduler, world, mutation);
    }

    public static CampaignId Campaign { get; } = new(NewId(new Random(0)));

    /// <summary>Runs one seed.</summary>
    /// <exception cref="ViolationException">Something is wrong; the same seed shows it again.</exception>
    public static void Run(int seed, Func<SimScheduler, Faults, ISimWorld> host, NodeMutation mutation = NodeMutation.None)
    {
        var scheduler = new SimScheduler(seed);
        var faults = new Faults();
        // Made inside, so that what it begins goes on there too.
        scheduler.Run(() => new Scenario(scheduler, host(scheduler, faults), faults, mutation).RunAsync());
    }

    private static Id NewId(Random random)
    {
        var bytes = new byte[Id.ByteLength];
        random.NextBytes(bytes);
        return Id.FromBytes(bytes);
    }

    private static IdeaId Idea(int number) => new(NewId(new Random(1_000 + number)));

    private static StreamId Voter(int number) => StreamId.Of(Campaign, new VoterId(NewId(new Random(2_000 + number))));

    private async Task RunAsync()
    {
        await OpenAsync();
        var trouble = TroubleAsync();
        var followUps = FollowUpAsync();
        await Task.WhenAll([TeamAsync(), .. Enumerable.Range(0, Voters).Select(VoteAsync)]);
        isOver = true;
        world.SetFaults(Faults.None);
        await Task.WhenAll(trouble, followUps);
        // What is still on its way arrives.
        await scheduler.DelayAsync(10_000);
        await SettleAsync();
        await world.CatchUpAsync();
        Audit();
    }

    /// <summary>Carries out what is owed, and what is owed because of that, until nothing comes of it any more.</summary>
    private async Task SettleAsync()
    {
        for (var rounds = 0; ; rounds++)
        {
            var before = Events();
            while (!await reactor.WorkAsync())
                await scheduler.DelayAsync(100);
            await scheduler.DelayAsync(5_000);
            if (Events() == before)
                return;
            if (rounds == MostRounds)
                throw new ViolationException($"After {rounds} rounds something is still owed.");
        }

        int Events() => world.PartitionNames.Sum(name => world.Journal.Durable(name).Count);
    }

    private async Task OpenAsync()
    {
        var text = new TextRef(new TextId(NewId(scheduler.Random)), new string('0', 64));
        var rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), new InvestRule(Budget, null, null), VotesCanChange: true, ScoresHidden: false, null,
            WhoMayVote.Anyone, [], Moderated: false);
        // In one run of three voting ends by the clock, in one by hand, in one not at all.
        var ends = scheduler.Random.Next(3);
        Instant? starts = ends == 0 ? Instant.From(scheduler.Time.GetUtcNow().AddMilliseconds(scheduler.Random.Next(3_000, 9_000))) : null;
        await InsistAsync(StreamId.Of(Campaign), new CreateCampaign(
            text, Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null), new Stage(Allows.None, starts)]));
        for (var i = 0; i < Ideas; i++)
            await InsistAsync(StreamId.Of(Campaign, Idea(i)), new SubmitIdea(text, ImmutableArray<TermId>.Empty, null, null));
        if (ends == 1)
            scheduler.At(scheduler.Random.Next(2_000, 8_000), () => _ = InsistAsync(StreamId.Of(Campaign), new EnterStage(1)));
    }

    private async Task TroubleAsync()
    {
        for (var crashes = 0; !isOver;)
        {
            await scheduler.DelayAsync(50, 500);
            world.Disturb();
            if (crashes < faults.Crashes && scheduler.Chance(15))
            {
                crashes++;
                world.Crash();
            }
            if (scheduler.Chance(5))
                reactor.Restart();
            // The alarm clock of the schedule, which is lost more often than not.
            if (scheduler.Chance(10))
                await world.SendAsync(StreamId.Of(Campaign), new KeepSchedule());
        }
    }

    private async Task FollowUpAsync()
    {
        while (!isOver)
        {
            await scheduler.DelayAsync(50, 1_500);
            await reactor.WorkAsync();
        }
    }

    private async Task TeamAsync()
    {
        var actor = new ActorId(NewId(scheduler.Random));
        // Not in every run: what was cast on ideas that are never merged must stand as it was acknowledged.
        var merges = scheduler.Chance(60);
        List<Task> wishes = [];
        for (var i = 0; i < 6; i++)
        {
            await scheduler.DelayAsync(100, 1_500);
            if (merges)
                await RegroupAsync(actor, wishes);
            if (scheduler.Chance(50))
            {
                var status = scheduler.Random.Next(3) switch { 0 => IdeaStatus.Declined, 1 => IdeaStatus.UnderReview, _ => IdeaStatus.Published };
                await InsistAsync(StreamId.Of(Campaign, Idea(scheduler.Random.Next(Ideas))), new SetIdeaStatus(status, null) { Actor = actor });
            }
            else
            {
                var segment = new TermId(NewId(new Random(scheduler.Random.Next(3))));
                await InsistAsync(
                    Voter(scheduler.Random.Next(Voters)),
                    new DescribeVoter(new SegmentChange(segment), null) { Actor = actor, Id = new CommandId(NewId(scheduler.Random)) });
            }
        }
        await Task.WhenAll(wishes);
    }

    private async Task RegroupAsync(ActorId actor, List<Task> wishes)
    {
        for (var left = scheduler.Random.Next(3); left > 0; left--)
        {
            var (idea, into) = (Idea(scheduler.Random.Next(Ideas)), Idea(scheduler.Random.Next(Ideas)));
            Command command = scheduler.Chance(60) ? new MergeIdea(idea, into, null) : new UnmergeIdea();
            // Some wish two things at once.
            wishes.Add(InsistAsync(StreamId.Of(Campaign, idea), command with { Actor = actor }));
            if (scheduler.Chance(70))
                await wishes[^1];
        }
    }

    private async Task VoteAsync(int number)
    {
        // Every other caller says which ballot they saw (If-Match). The rest rely on the id of the attempt alone, which protects
        // what an attempt changed, but remembers no attempt that had nothing to change.
        var isCareful = number % 2 == 0;
        for (var i = 0; i < CommandsEach; i++)
        {
            await scheduler.DelayAsync(0, 900);
            var wish = RandomVote(isModest: number < 3);
            var reply = isCareful ? await InsistOnBallotAsync(Voter(number), wish) : await InsistAsync(Voter(number), Named(wish));
            if (reply.Kind == ReplyKind.Accepted)
                Expect(Voter(number), wish, isCertain: isCareful || reply.Changed);
            else if (reply.Refusal!.Code != RefusalCode.StageClosed || IsJustClosed())
                // A copy of it that is still on its way may find conditions under which it is taken.
                uncertain.Add(Voter(number));
        }
    }

    /// <summary>
    /// Whether the team closed voting less than a lease ago: while one node refuses already, another may still take a late copy of
    /// what was refused. That it takes none after the lease, the auditor checks.
    /// </summary>
    private bool IsJustClosed()
    {
        var leaseAgo = scheduler.Time.GetUtcNow().ToUnixTimeMilliseconds() - (long)CampaignFollower.Lease.TotalMilliseconds;
        return world.PartitionNames.SelectMany(world.Journal.DurableAt).Any(one =>
            one.Event.Event is StageEntered { Scheduled: false } && world.Journal.Beginning + one.Durable >= leaseAgo);
    }

    private VoteCommand Named(VoteCommand wish) => wish with { Id = new CommandId(NewId(scheduler.Random)) };

    private async Task<Reply> InsistOnBallotAsync(StreamId voter, VoteCommand wish)
    {
        while (true)
        {
            var seen = await world.SendAsync(voter, null);
            if (seen.Kind != ReplyKind.Accepted)
            {
                await scheduler.DelayAsync(20, 400);
                continue;
            }
            var reply = await InsistAsync(voter, Named(wish) with { ExpectedVersion = seen.State!.Version });
            if (reply.Refusal?.Code != RefusalCode.BallotChanged)
                return reply;
        }
    }

    private VoteCommand RandomVote(bool isModest)
    {
        var idea = Idea(scheduler.Random.Next(Ideas));
        // The modest never reach the budget, so that they are hardly ever refused.
        var most = isModest ? Budget / Ideas : Budget * 3 / 4;
        return scheduler.Random.Next(8) switch
        {
            0 or 1 => new CastApproval(idea, scheduler.Chance(70)),
            2 or 3 => new CastRating(idea, scheduler.Chance(80) ? Scores.Of(scheduler.Random.Next(1, 6)) : Scores.None),
            4 => new SetBallot([idea], [], [new(Idea(0), scheduler.Random.Next(1, most)), new(Idea(1), scheduler.Random.Next(1, most))]),
            _ => new CastInvestment(idea, scheduler.Random.Next(0, most)),
        };
    }

    /// <summary>Sends a command until it is answered for good, as a careful caller does.</summary>
    private async Task<Reply> InsistAsync(StreamId stream, Command command)
    {
        while (true)
        {
            var reply = await world.SendAsync(stream, command);
            if (reply.Kind == ReplyKind.Accepted)
                CheckDurable(stream, reply);
            if (reply.Kind is ReplyKind.Accepted or ReplyKind.Refused)
                return reply;
            await scheduler.DelayAsync(20, 400);
        }
    }

    private void CheckDurable(StreamId stream, Reply reply)
    {
        var durable = world.PartitionNames.Sum(name => world.Journal.Durable(name).Count(recorded => recorded.Stream == stream));
        if (durable < reply.State!.Version)
            throw new ViolationException($"{stream} was acknowledged at version {reply.State.Version}, but {durable} events are durable.");
    }

    private void Expect(StreamId voter, VoteCommand command, bool isCertain)
    {
        if (!isCertain)
            uncertain.Add(voter);
        switch (command)
        {
            case CastApproval c:
                Set(voter, c.Idea, typeof(ApprovalChanged), c.Approve ? true : null);
                break;
            case CastRating c:
                Set(voter, c.Idea, typeof(RatingChanged), c.Scores.IsEmpty ? null : c.Scores);
                break;
            case CastInvestment c:
                Set(voter, c.Idea, typeof(InvestmentChanged), c.Credits == 0 ? null : c.Credits);
                break;
            case SetBallot c:
                foreach (var key in expected.Keys.Where(key => key.Voter == voter).ToList())
                    expected.Remove(key);
                foreach (var idea in c.Approvals)
                    Set(voter, idea, typeof(ApprovalChanged), true);
                foreach (var (idea, credits) in c.Investments)
                    Set(voter, idea, typeof(InvestmentChanged), credits);
                break;
        }
    }

    private void Set(StreamId voter, IdeaId idea, Type method, object? value)
    {
        if (value is null)
            expected.Remove((voter, idea, method));
        else
            expected[(voter, idea, method)] = value;
    }

    private void Audit()
    {
        auditor.Check();
        auditor.CheckReturned();
        auditor.CheckFollowed();
        foreach (var key in expected.Keys.Concat(auditor.Votes.Keys).Distinct())
        {
            // What was given back or moved is the auditor's business, and checked there.
            if (uncertain.Contains(key.Voter) || auditor.WasMerged(key.Idea) || (key.Method == typeof(InvestmentChanged) && auditor.WasClosed(key.Idea)))
                continue;
            var (wanted, found) = (expected.GetValueOrDefault(key), auditor.Votes.GetValueOrDefault(key));
            if (!Equals(wanted, found))
                throw new ViolationException($"{key}: {wanted ?? "nothing"} was acknowledged last, {found ?? "nothing"} is there.");
        }
        foreach (var board in world.Boards)
            CheckBoard(board);
    }

    private void CheckBoard(Board board)
    {
        foreach (var idea in board.Ideas)
        {
            var votes = auditor.Votes.Where(vote => vote.Key.Idea == idea.Id).ToList();
            var counted = (idea.Approvals, idea.Raters, idea.Investors, idea.Invested);
            var recount = (
                votes.Count(vote => vote.Key.Method == typeof(ApprovalChanged)),
                votes.Count(vote => vote.Key.Method == typeof(RatingChanged)),
                votes.Count(vote => vote.Key.Method == typeof(InvestmentChanged)),
                votes.Sum(vote => vote.Value as int? ?? 0L));
            if (counted != recount)
                throw new ViolationException($"The board counts {counted} for {idea.Id}; a recount gives {recount}.");
        }
        var voters = auditor.Votes.Keys.Select(vote => vote.Voter).Distinct().Count();
        if (board.Voters != voters)
            throw new ViolationException($"The board counts {board.Voters} voters; a recount gives {voters}.");
    }
}
