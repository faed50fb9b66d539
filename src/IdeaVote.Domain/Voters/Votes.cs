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

/// <summary>A command this voter has already obeyed.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Version">The version after it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ObeyedCommand(CommandId Id, long Version);
