using IdeaVote.Domain.Reactors;

namespace IdeaVote.Domain.Tests.World;

/// <summary>
/// Who backs what, folded from the feed, and the refunds that follow: what an engine keeps on disk. Refunds stay in the list
/// for ever, so that any can arrive again.
/// </summary>
public sealed class BackersModel
{
    private readonly Dictionary<IdeaId, SortedDictionary<VoterId, long>> backers = [];
    private readonly Dictionary<IdeaId, long> closedAt = [];

    /// <summary>How many events have been folded.</summary>
    public int Folded { get; private set; }

    /// <summary>Every refund that was ever owed, in the order it was found.</summary>
    public List<(VoterId Voter, ReturnInvestment Command)> Owed { get; } = [];

    /// <summary>Forgets all but the refunds, which are on their way already.</summary>
    public void Lose()
    {
        Folded = 0;
        backers.Clear();
        closedAt.Clear();
    }

    public void Fold(RecordedEvent recorded)
    {
        Folded++;
        if (recorded.Event is InvestmentChanged investment)
            Keep(investment, recorded);
        if (Refunds.GiveBackLate(recorded, idea => closedAt.TryGetValue(idea, out var cause) ? cause : null) is { } late)
            Owed.Add((new VoterId(recorded.Stream.Key), late));
        if (Refunds.Closes(recorded) is { } closed)
        {
            closedAt[closed] = recorded.Version;
            foreach (var (voter, version) in Of(closed))
                Owed.Add((voter, Refunds.GiveBack(closed, recorded.Version, new Backer(voter, version))));
        }
        else if (recorded.Event is IdeaStatusChanged { New: var status } && !status.ReturnsInvestments())
        {
            closedAt.Remove(new IdeaId(recorded.Stream.Key));
        }
    }

    private SortedDictionary<VoterId, long> Of(IdeaId idea)
    {
        if (!backers.TryGetValue(idea, out var of))
            backers.Add(idea, of = []);
        return of;
    }

    private void Keep(InvestmentChanged investment, RecordedEvent recorded)
    {
        var voter = new VoterId(recorded.Stream.Key);
        if (investment.Is)
            Of(investment.Idea)[voter] = recorded.Version;
        else
            Of(investment.Idea).Remove(voter);
    }
}
