using System.Runtime.InteropServices;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Gateway.Ballots;

/// <summary>One ballot as a caller sent it.</summary>
/// <param name="Votes">The votes; null while something is wrong.</param>
/// <param name="Line">The number the caller gives the line; null for none.</param>
/// <param name="Voter">The caller's id of the voter; null for none.</param>
/// <param name="SegmentGiven">Whether the line says anything about the segment.</param>
/// <param name="Segment">The voter's segment; null for none.</param>
/// <param name="Address">An address the caller vouches for; null for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BallotInput(
    SetBallot? Votes, long? Line, string? Voter, bool SegmentGiven, string? Segment, string? Address);
