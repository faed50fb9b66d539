using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>
/// A voter as a careful caller would have one: one command after the other, each with an id, and each sent again until its
/// outcome is known. It keeps account of what it was promised.
/// </summary>
internal sealed class VoterClient(EngineHost host, StreamId stream, string name, int seed)
{
    private readonly Random random = new(seed);
    private readonly HashSet<IdeaId> approvals = [];
    private readonly Dictionary<IdeaId, Scores> ratings = [];
    private VoteCommand? pending;
    private int count;



    /// <summary>Sends some commands; stops early, with one still to settle, when an outcome is unknown.</summary>
    public async Task RunAsync(int commands, Action answered)
    {
        for (var sent = 0; sent < commands; sent++)
        {
            pending ??= Next();
            if (!await SettleAsync())
                return;
            answered();
        }
    }

    /// <summary>Sends what is not settled again.</summary>
    /// <returns>Whether it is settled now.</returns>
    public async Task<bool> SettleAsync()
    {
        if (pending is null)
            return true;
        var reply = await host.Engine.SendWhenRoomAsync(stream, pending).AsTask().WaitAsync(EngineSuite.Patience);
        if (reply.Kind == ReplyKind.OutcomeUnknown)
            return false;
        if (reply.Kind == ReplyKind.Accepted)
        {
            await IncludedAsync(reply.Position);
            Note(pending);
        }
        pending = null;
        return true;
    }

    /// <summary>Waits until the engine that serves then includes what was accepted: the one that accepted it may have ended.</summary>
    private async Task IncludedAsync(Position position)
    {
        var began = Stopwatch.StartNew();
        while (!await host.Engine.WaitAsync(position, TimeSpan.FromSeconds(1)))
            began.Elapsed.ShouldBeLessThan(EngineSuite.Patience);
    }

    /// <summary>Checks that the ballot is what was promised. Investments may have been given back meanwhile; they must add up.</summary>
    public async Task<Ballot> ShouldHaveBeenObeyedAsync()
    {
        var read = await host.Engine.ReadAsync(stream);
        // Whoever compares it with the board compares it with one that is as new.
        await IncludedAsync(read.Position);
        var ballot = ((Voter)read.State!).Ballot;
        ballot.Approvals.Keys.Order().ShouldBe(approvals.Order());
        ballot.Ratings.Select(rating => (rating.Key, rating.Value.Scores)).OrderBy(rating => rating.Key)
            .ShouldBe(ratings.Select(rating => (rating.Key, rating.Value)).OrderBy(rating => rating.Key));
        ballot.SpentCredits.ShouldBe(ballot.Investments.Sum(investment => (long)investment.Value.Credits));
        ballot.SpentCredits.ShouldBeInRange(0, EngineSuite.Budget);
        return ballot;
    }

    private VoteCommand Next()
    {
        VoteCommand command = random.Next(10) switch
        {
            0 or 1 => new CastApproval(Idea(), random.Next(2) == 0),
            2 or 3 => new CastRating(Idea(), Scores.Of(random.Next(6))),
            4 => new SetBallot([.. Some(_ => Idea())], [.. Some(_ => KeyValuePair.Create(Idea(), Scores.Of(1 + random.Next(5))))], [.. Some(_ => KeyValuePair.Create(Idea(), random.Next(60)))]),
            _ => new CastInvestment(Idea(), random.Next(60)),
        };
        return command with
        {
            Id = Names.Command($"{name} {++count}"),
            Segment = random.Next(6) == 0 ? new SegmentChange(Names.Segment(random.Next(3))) : null,
        };
    }

    private IdeaId Idea() => Names.Idea(random.Next(Workload.Ideas));

    private IEnumerable<T> Some<T>(Func<int, T> one) => Enumerable.Range(0, random.Next(3)).Select(one);

    private void Note(VoteCommand command)
    {
        switch (command)
        {
            case CastApproval approval when approval.Approve:
                approvals.Add(approval.Idea);
                break;
            case CastApproval approval:
                approvals.Remove(approval.Idea);
                break;
            case CastRating rating when rating.Scores.IsEmpty:
                ratings.Remove(rating.Idea);
                break;
            case CastRating rating:
                ratings[rating.Idea] = rating.Scores;
                break;
            case SetBallot set:
                approvals.Clear();
                approvals.UnionWith(set.Approvals);
                ratings.Clear();
                foreach (var (idea, scores) in set.Ratings)
                    ratings[idea] = scores;
                break;
        }
    }
}
