using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Projections;

/// <summary>That a voter came by an invitation.</summary>
/// <param name="Voter">Who came.</param>
/// <param name="By">Who brought them.</param>
/// <param name="Idea">The idea that was shown to them; null for the campaign.</param>
/// <param name="At">When they came.</param>
/// <param name="VotedAt">When they first voted; null if they never did.</param>
/// <param name="Counts">Whether it counts: all do but the last one of each circle (<see cref="InvitationCircle"/>).</param>
public sealed record Invitation(VoterId Voter, VoterId By, IdeaId? Idea, Instant At, Instant? VotedAt, bool Counts);

/// <summary>
/// Keeps who brought whom free of circles. A voter has one inviter at most, so those who brought each other round and round form one ring;
/// whoever came last into it was there already as the inviter of the others, and that invitation does not count. Which one that is
/// follows from the times alone, so partitions may be folded in any order.
/// </summary>
public static class InvitationCircle
{
    /// <summary>The invitation that stops counting because a new one closes a circle; null if it closes none.</summary>
    /// <param name="added">The new invitation.</param>
    /// <param name="find">How a voter came, by an invitation that counts; null if by none. The new one need not be among them.</param>
    /// <remarks>
    /// The ring that the new one closes holds no invitation that stopped counting before: each lies on one ring at most, and stops counting
    /// only when that ring is closed. So to go along those that count is enough, and it ends, for they hold no ring.
    /// </remarks>
    public static Invitation? Broken(Invitation added, Func<VoterId, Invitation?> find)
    {
        var last = added;
        for (var at = added.By; at != added.Voter;)
        {
            if (find(at) is not { } next)
                return null;
            last = IsAfter(next, last) ? next : last;
            at = next.By;
        }
        return last;
    }

    private static bool IsAfter(Invitation one, Invitation other) =>
        one.At.CompareTo(other.At) is var order && (order > 0 || (order == 0 && one.Voter.CompareTo(other.Voter) > 0));
}
