using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>
/// The counts of one campaign, folded from its events: every list and leaderboard reads this, and it can be thrown away
/// and rebuilt from the feed, bit for bit. Not safe for concurrent use; its host takes care.
/// </summary>
public sealed class Board
{
    private readonly Dictionary<IdeaId, IdeaTally> byId = [];
    private readonly List<IdeaTally> ideas = [];

    /// <summary>The campaign as its own events left it; <see cref="Campaigns.Campaign.None"/> before its first.</summary>
    public Campaign Campaign { get; private set; } = Campaign.None;

    /// <summary>When the campaign was created.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>How often anything on the board has changed; equal numbers mean equal boards.</summary>
    public long Revision { get; private set; }

    /// <summary>How many voters hold at least one vote.</summary>
    public int Voters { get; private set; }

    /// <summary>All ideas, in the order of submission.</summary>
    public IReadOnlyList<IdeaTally> Ideas => ideas;

    /// <summary>One idea; null if there is no such idea.</summary>
    public IdeaTally? Find(IdeaId idea) => byId.GetValueOrDefault(idea);

    /// <summary>Folds one event. Each event of the campaign must come exactly once, in the feed's order.</summary>
    /// <exception cref="InvalidOperationException">The event speaks of an idea that was never submitted.</exception>
    public void Apply(RecordedEvent recorded)
    {
        Revision++;
        switch (recorded.Event)
        {
            case BallotEvent ballot:
                Voters += (ballot.Held > 0 ? 1 : 0) - (ballot.HeldBefore > 0 ? 1 : 0);
                if (ballot is VoteEvent vote)
                    Tally(vote.Idea).Apply(vote);
                break;
            case IdeaSubmitted e:
                var added = Add(new IdeaId(recorded.Stream.Key), recorded.At);
                (added.Text, added.Tags, added.Cost, added.Authors, added.Status) = (e.Text, e.Tags, e.Cost, e.Authors, e.Status);
                break;
            case IdeaEdited e:
                Tally(recorded).Text = e.New;
                break;
            case IdeaRetagged e:
                Tally(recorded).Tags = e.New;
                break;
            case IdeaCostChanged e:
                Tally(recorded).Cost = e.New;
                break;
            case IdeaStatusChanged e:
                (Tally(recorded).Status, Tally(recorded).Answer) = (e.New, e.Answer ?? Tally(recorded).Answer);
                break;
            default:
                if (recorded.Event is CampaignCreated)
                    CreatedAt = recorded.At;
                if (recorded.Stream.Kind == AggregateKind.Campaign)
                    Campaign = (Campaign)Campaign.Apply(recorded);
                break;
        }
    }

    /// <summary>Rebuilds a board from a snapshot.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="createdAt">When the campaign was created.</param>
    /// <param name="revision">The board's revision.</param>
    /// <param name="voters">How many voters hold at least one vote.</param>
    /// <param name="ideas">All ideas, in the order of submission.</param>
    public static Board Restore(Campaign campaign, Instant createdAt, long revision, int voters, IEnumerable<TallyState> ideas)
    {
        var board = new Board { Campaign = campaign, CreatedAt = createdAt, Revision = revision, Voters = voters };
        foreach (var idea in ideas)
            board.Add(idea.Id, idea.SubmittedAt).Restore(idea);
        return board;
    }

    private IdeaTally Add(IdeaId id, Instant submittedAt)
    {
        var tally = new IdeaTally(id, ideas.Count, submittedAt);
        byId.Add(id, tally);
        ideas.Add(tally);
        return tally;
    }

    private IdeaTally Tally(RecordedEvent recorded) => Tally(new IdeaId(recorded.Stream.Key));

    private IdeaTally Tally(IdeaId id) =>
        byId.GetValueOrDefault(id) ?? throw new InvalidOperationException($"The feed speaks of idea {id} before its submission.");
}
