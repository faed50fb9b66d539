using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Ballots;

/// <summary>A line on its way from the reading to its result.</summary>
/// <param name="Line">The line's number as its result will carry it.</param>
/// <param name="Refusal">Why it was not sent; null if it was.</param>
/// <param name="Voter">The voter.</param>
/// <param name="Votes">The votes.</param>
/// <param name="Reply">The engine's answer, once it is there; null if it was not sent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SentBallot(long Line, Refusal? Refusal, VoterId Voter, SetBallot? Votes, Task<Reply>? Reply)
{
    /// <summary>A line that was not sent.</summary>
    public static SentBallot Refused(long line, Refusal refusal) => new(line, refusal, default, null, null);
}
