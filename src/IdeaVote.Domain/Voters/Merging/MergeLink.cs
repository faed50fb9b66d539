using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters.Merging;

/// <summary>A merge that a voter's votes follow: what was cast on one idea counts for another.</summary>
/// <param name="From">The idea that became part of the other.</param>
/// <param name="Into">The other.</param>
/// <param name="Cause">The version of the first idea's stream at which they were merged.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MergeLink(IdeaId From, IdeaId Into, long Cause);
