using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Projections;

/// <summary>Who brought whom into a campaign, worked out of its invitations. Those that do not count are left out everywhere.</summary>
public sealed class WordOfMouth
{
    private readonly Dictionary<VoterId, Invitation> byVoter;
    private readonly Dictionary<VoterId, int> generations = [];

    /// <summary>Works it out.</summary>
    /// <param name="invitations">The campaign's invitations, one for each voter at most.</param>
    public WordOfMouth(IEnumerable<Invitation> invitations)
    {
        byVoter = invitations.Where(static invitation => invitation.Counts).ToDictionary(static invitation => invitation.Voter);
        var inviters = new Dictionary<VoterId, Brought>();
        var ideas = new Dictionary<IdeaId, Brought>();
        var sizes = new List<Brought>();
        foreach (var invitation in byVoter.Values)
        {
            var one = new Brought(1, invitation.VotedAt is null ? 0 : 1);
            Add(ref CollectionsMarshal.GetValueRefOrAddDefault(inviters, invitation.By, out _), one);
            if (invitation.Idea is { } idea)
                Add(ref CollectionsMarshal.GetValueRefOrAddDefault(ideas, idea, out _), one);
            var generation = GenerationOf(invitation.Voter);
            while (sizes.Count < generation)
                sizes.Add(default);
            Add(ref CollectionsMarshal.AsSpan(sizes)[generation - 1], one);
            Total = new Brought(Total.People + one.People, Total.Voted + one.Voted);
        }
        Inviters = [.. inviters.Select(pair => new Inviter(pair.Key, GenerationOf(pair.Key), pair.Value))
            .OrderByDescending(inviter => inviter.Brought.Voted).ThenByDescending(inviter => inviter.Brought.People).ThenBy(inviter => inviter.Voter)];
        Ideas = [.. ideas.Select(pair => new SharedIdea(pair.Key, pair.Value))
            .OrderByDescending(idea => idea.Brought.Voted).ThenByDescending(idea => idea.Brought.People).ThenBy(idea => idea.Idea)];
        Generations = [.. sizes];
    }

    /// <summary>All who were brought.</summary>
    public Brought Total { get; }

    /// <summary>Who brought somebody, those whose people voted most first.</summary>
    public ImmutableArray<Inviter> Inviters { get; }

    /// <summary>The ideas by which somebody was brought, in the same order.</summary>
    public ImmutableArray<SharedIdea> Ideas { get; }

    /// <summary>How many were brought by somebody who came alone, how many by those, and so on.</summary>
    public ImmutableArray<Brought> Generations { get; }

    /// <summary>How many invitations stand between a voter and somebody who came alone; 0 for who came alone.</summary>
    public int GenerationOf(VoterId voter)
    {
        // Not by recursion: a chain may be as long as there are voters.
        var path = new Stack<VoterId>();
        for (var at = voter; !generations.ContainsKey(at);)
        {
            path.Push(at);
            if (!byVoter.TryGetValue(at, out var invitation))
                break;
            at = invitation.By;
        }
        while (path.TryPop(out var next))
            generations[next] = byVoter.TryGetValue(next, out var invitation) ? generations[invitation.By] + 1 : 0;
        return generations[voter];
    }

    /// <summary>The longest chain: somebody who came alone, whom they brought, whom those brought, and so on; empty if nobody was brought.</summary>
    /// <param name="max">At most so many, the last ones.</param>
    public ImmutableArray<VoterId> LongestChain(int max)
    {
        if (byVoter.Count == 0)
            return [];
        var chain = new Stack<VoterId>();
        chain.Push(byVoter.Keys.MaxBy(voter => (GenerationOf(voter), byVoter[voter].VotedAt is not null, voter)));
        while (chain.Count < max && byVoter.TryGetValue(chain.Peek(), out var invitation))
            chain.Push(invitation.By);
        return [.. chain];
    }

    private static void Add(ref Brought sum, Brought one) => sum = new Brought(sum.People + one.People, sum.Voted + one.Voted);
}

/// <summary>People who were brought.</summary>
/// <param name="People">How many.</param>
/// <param name="Voted">How many of them have voted.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Brought(int People, int Voted);

/// <summary>Somebody who brought others.</summary>
/// <param name="Voter">Who.</param>
/// <param name="Generation">How many invitations stand between them and somebody who came alone.</param>
/// <param name="Brought">Whom they brought themselves.</param>
public sealed record Inviter(VoterId Voter, int Generation, Brought Brought);

/// <summary>An idea by which people were brought.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Brought">Who.</param>
public sealed record SharedIdea(IdeaId Idea, Brought Brought);
