using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// Folds one stretch of the feed into the backers index: who backs what in one sorted pass at the end, closings and the
/// refunds that follow from them in the feed's order.
/// </summary>
internal sealed class BackersFold
{
    private readonly SqliteSession session;
    private readonly BackerChanges changes = new();
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), IdeaRow> ideas = [];
    private readonly Func<IdeaId, long?> closedAt;
    private IdeaRow current = null!;

    private sealed class IdeaRow(long number, long? closed)
    {
        public long Number => number;

        /// <summary>The version of the idea's stream at which it was closed; null while it stands open.</summary>
        public long? Closed { get; set; } = closed;
    }

    public BackersFold(SqliteSession session)
    {
        this.session = session;
        closedAt = _ => current.Closed;
    }

    public void Apply(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case VoteEvent vote:
                    Apply(recorded, vote);
                    break;
                case IdeaStatusChanged change:
                    Apply(recorded, change);
                    break;
            }
        }
        changes.Write(session);
    }

    private void Apply(RecordedEvent recorded, VoteEvent vote)
    {
        current = Idea(recorded.Stream.Campaign, vote.Idea);
        changes.Add(current.Number, recorded, vote);
        if (vote is not InvestmentChanged || current.Closed is null)
            return;
        // Whatever was owed for this voter's investment before, it stands no more as it was.
        var voter = recorded.Stream.Key.ToBytes();
        session.Execute(BackersTables.ForgetLate, current.Number, voter);
        if (Refunds.GiveBackLate(recorded, closedAt) is { } late)
            session.Execute(BackersTables.AddLate, current.Number, voter, late.UndoesVersion, late.Cause);
    }

    private void Apply(RecordedEvent recorded, IdeaStatusChanged change)
    {
        if (Refunds.Closes(recorded) is { } closed)
        {
            var idea = Idea(recorded.Stream.Campaign, closed);
            SetClosed(idea, recorded.Version);
            session.Execute(BackersTables.Owe, idea.Number, recorded.Version);
        }
        else if (!change.New.ReturnsInvestments() && change.Old.ReturnsInvestments())
        {
            // The idea stands open again, and so does every investment in it that was not given back yet.
            SetClosed(Idea(recorded.Stream.Campaign, new IdeaId(recorded.Stream.Key)), null);
        }
    }

    private void SetClosed(IdeaRow idea, long? version)
    {
        idea.Closed = version;
        session.Execute(BackersTables.CloseIdea, idea.Number, version);
        session.Execute(BackersTables.ForgetOwed, idea.Number);
        session.Execute(BackersTables.ForgetLateOfIdea, idea.Number);
    }

    private IdeaRow Idea(CampaignId campaign, IdeaId idea)
    {
        if (ideas.TryGetValue((campaign, idea), out var known))
            return known;
        var (campaignBytes, ideaBytes) = (campaign.Value.ToBytes(), idea.Value.ToBytes());
        var row = session.Row(
                r => new IdeaRow(r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1)), BackersTables.FindIdea, campaignBytes, ideaBytes)
            ?? new IdeaRow((long)session.Scalar(BackersTables.AddIdea, campaignBytes, ideaBytes)!, null);
        ideas.Add((campaign, idea), row);
        return row;
    }
}
