using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Audit;

/// <summary>How a vote was cast, in the order in which ballots list votes.</summary>
public enum VoteMethod : byte
{
    /// <summary>The idea is approved.</summary>
    Approve,

    /// <summary>The idea is rated.</summary>
    Rate,

    /// <summary>Credits are invested in the idea.</summary>
    Invest,

    /// <summary>The idea has a place in an order.</summary>
    Rank,

    /// <summary>A duel of two ideas is decided.</summary>
    Duel,
}

/// <summary>One vote of a <see cref="StandingBallot"/>, in 16 bytes; the ballots it belongs to say what the numbers stand for.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StandingVote
{
    private const int MethodBits = 3;

    /// <summary>The most ideas that can be told apart.</summary>
    internal const int MaxIdeas = 1 << (31 - MethodBits);

    private readonly int what;

    internal StandingVote(VoteMethod method, int idea, int value, Instant first)
    {
        what = (idea << MethodBits) | (int)method;
        Value = value;
        First = first;
    }

    /// <summary>How it was cast.</summary>
    public VoteMethod Method => (VoteMethod)(what & ((1 << MethodBits) - 1));

    /// <summary>The idea's number; of a duel that of the pair's first idea.</summary>
    public int Idea => what >>> MethodBits;

    /// <summary>
    /// By the method: 1; the number of the scores; the credits; the place from 0; or, of a duel, the number of the pair's second idea doubled,
    /// and 1 more if that one won.
    /// </summary>
    public int Value { get; }

    /// <summary>When it was first cast.</summary>
    public Instant First { get; }

    /// <summary>Of a duel, the number of the pair's second idea.</summary>
    public int OtherIdea => Value >> 1;

    /// <summary>Of a duel, whether the pair's second idea won.</summary>
    public bool OtherWon => (Value & 1) == 1;
}
