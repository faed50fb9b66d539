using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>Two different ideas that meet in a duel, the smaller id first, so that a pair has one name.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pair : IComparable<Pair>
{
    private Pair(IdeaId one, IdeaId other) => (One, Other) = (one, other);

    /// <summary>The idea with the smaller id.</summary>
    public IdeaId One { get; }

    /// <summary>The idea with the greater id.</summary>
    public IdeaId Other { get; }

    /// <summary>The pair of two ideas, in whatever order they are given.</summary>
    /// <exception cref="ArgumentException">Both are the same.</exception>
    public static Pair Of(IdeaId left, IdeaId right) => left.CompareTo(right) switch
    {
        < 0 => new Pair(left, right),
        > 0 => new Pair(right, left),
        _ => throw new ArgumentException("A duel is between two different ideas.", nameof(right)),
    };

    /// <inheritdoc/>
    public int CompareTo(Pair other)
    {
        var byOne = One.CompareTo(other.One);
        return byOne != 0 ? byOne : Other.CompareTo(other.Other);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{One}/{Other}";
}

/// <summary>Who won a duel. The numbers are written to disk: never renumber.</summary>
public enum Winner : byte
{
    /// <summary>It has not been decided, or no longer is.</summary>
    None = 0,

    /// <summary>The pair's first idea.</summary>
    One = 1,

    /// <summary>The pair's second idea.</summary>
    Other = 2,
}
