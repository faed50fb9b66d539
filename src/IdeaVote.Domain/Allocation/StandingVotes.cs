using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Allocation;

/// <summary>One vote that stands.</summary>
/// <param name="Idea">The idea's ordinal.</param>
/// <param name="Value">By the method: 1, the credits, the place in the order from 0, or the number of the scores in <see cref="StandingVotes.Scores"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StandingVote(int Idea, int Value);

/// <summary>
/// Each voter's standing votes of one method, folded from the feed. A voter takes an array of eight bytes a vote and a place in a
/// list, so that a city fits into a few dozen megabytes.
/// </summary>
/// <param name="from">Which votes.</param>
public sealed class StandingVotes(CountFrom from)
{
    private readonly Dictionary<Id, int> voters = [];
    private readonly List<Held> ballots = [];
    private readonly Dictionary<Scores, int> numbers = [];
    private readonly List<Scores> scores = [];

    /// <summary>The different scores that ratings have given, by their numbers. There are few.</summary>
    public IReadOnlyList<Scores> Scores => scores;

    /// <summary>How many places for voters there are; some may be of voters who took all their votes back.</summary>
    public int Places => ballots.Count;

    /// <summary>A voter's standing votes, in no particular order but that of ranks.</summary>
    /// <param name="place">The voter's place, in the order of first votes.</param>
    public ReadOnlySpan<StandingVote> Of(int place)
    {
        var (votes, count) = CollectionsMarshal.AsSpan(ballots)[place];
        return votes.AsSpan(0, count);
    }

    /// <summary>Folds a change of a ballot, if it is of these votes.</summary>
    /// <param name="voter">Whose.</param>
    /// <param name="change">The change.</param>
    /// <param name="ordinals">The ordinals of ideas.</param>
    public void Apply(Id voter, BallotEvent change, IReadOnlyDictionary<IdeaId, int> ordinals)
    {
        switch (change)
        {
            case ApprovalChanged e when from == CountFrom.Approvals:
                Set(ref HeldBy(voter), ordinals[e.Idea], e.New ? 1 : null);
                break;
            case InvestmentChanged e when from == CountFrom.Investments:
                Set(ref HeldBy(voter), ordinals[e.Idea], e.Is ? e.New : null);
                break;
            case RatingChanged e when from == CountFrom.Ratings:
                Set(ref HeldBy(voter), ordinals[e.Idea], e.Is ? NumberOf(e.New) : null);
                break;
            case OrderChanged e when from == CountFrom.Ranks:
                HeldBy(voter) = new Held([.. e.New.Select((idea, place) => new StandingVote(ordinals[idea], place))], e.New.Length);
                break;
        }
    }

    private ref Held HeldBy(Id voter)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(voters, voter, out var known);
        if (!known)
        {
            place = ballots.Count;
            ballots.Add(new Held([], 0));
        }
        return ref CollectionsMarshal.AsSpan(ballots)[place];
    }

    private static void Set(ref Held held, int idea, int? value)
    {
        var (votes, count) = held;
        var at = 0;
        while (at < count && votes[at].Idea != idea)
            at++;
        if (value is not { } now)
        {
            if (at == count)
                return;
            votes[at] = votes[--count];
        }
        else
        {
            if (at == votes.Length)
                Array.Resize(ref votes, at + Math.Max(2, at / 2));
            votes[at] = new StandingVote(idea, now);
            count = Math.Max(count, at + 1);
        }
        held = new Held(votes, count);
    }

    private int NumberOf(Scores given)
    {
        if (!numbers.TryGetValue(given, out var number))
        {
            numbers.Add(given, number = scores.Count);
            scores.Add(given);
        }
        return number;
    }

    private readonly record struct Held(StandingVote[] Votes, int Count);
}
