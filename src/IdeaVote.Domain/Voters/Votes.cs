using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>A rating on a ballot.</summary>
/// <param name="Scores">The stars.</param>
/// <param name="First">When it was first given.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rating(Scores Scores, Instant First);

/// <summary>An investment on a ballot.</summary>
/// <param name="Credits">The credits, 1 or more.</param>
/// <param name="First">When it was first made.</param>
/// <param name="Version">The version of the voter's stream at which it got its present value; what a refund must name.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Investment(int Credits, Instant First, long Version);

/// <summary>An order of ideas on a ballot.</summary>
/// <param name="Ideas">The ideas, the best first; empty for no order.</param>
/// <param name="First">When an order was first given.</param>
public sealed record Order(ImmutableArray<IdeaId> Ideas, Instant First)
{
    /// <summary>No order.</summary>
    public static readonly Order None = new([], default);
}

/// <summary>A decided duel on a ballot.</summary>
/// <param name="Winner">Who won.</param>
/// <param name="First">When it was first decided.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuelChoice(Winner Winner, Instant First);

/// <summary>A command this voter has already obeyed.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Version">The version after it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ObeyedCommand(CommandId Id, long Version);
