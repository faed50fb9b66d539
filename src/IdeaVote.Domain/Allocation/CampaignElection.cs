using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Allocation;

/// <summary>An idea as an election knows it.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Text">Its text.</param>
/// <param name="Cost">What it would cost; null if unknown.</param>
/// <param name="Status">Its status.</param>
public sealed record ElectionIdea(IdeaId Id, TextRef Text, decimal? Cost, IdeaStatus Status);

/// <summary>A campaign's ideas, and its voters' standing votes of one method, folded from its events.</summary>
/// <param name="from">Which votes make the ballots.</param>
public sealed class CampaignElection(CountFrom from)
{
    private readonly Dictionary<IdeaId, int> ordinals = [];
    private readonly List<ElectionIdea> ideas = [];

    /// <summary>Which votes make the ballots.</summary>
    public CountFrom From { get; } = from;

    /// <summary>The campaign's rules; null before it was made.</summary>
    public Rules? Rules => State.Exists ? State.Rules : null;

    /// <summary>All ideas, in the order of submission.</summary>
    public IReadOnlyList<ElectionIdea> Ideas => ideas;

    /// <summary>The standing votes.</summary>
    public StandingVotes Votes { get; } = new(from);

    private Campaign State { get; set; } = Campaign.None;

    /// <summary>Folds one event. Each event of the campaign must come exactly once, in the feed's order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case BallotEvent change:
                Votes.Apply(recorded.Stream.Key, change, ordinals);
                break;
            case IdeaSubmitted e:
                ordinals.Add(new IdeaId(recorded.Stream.Key), ideas.Count);
                ideas.Add(new ElectionIdea(new IdeaId(recorded.Stream.Key), e.Text, e.Cost, e.Status));
                break;
            case IdeaEdited e:
                Change(recorded, idea => idea with { Text = e.New });
                break;
            case IdeaCostChanged e:
                Change(recorded, idea => idea with { Cost = e.New });
                break;
            case IdeaStatusChanged e:
                Change(recorded, idea => idea with { Status = e.New });
                break;
            default:
                if (recorded.Stream.Kind == AggregateKind.Campaign)
                    State = (Campaign)State.Apply(recorded);
                break;
        }
    }

    private void Change(RecordedEvent recorded, Func<ElectionIdea, ElectionIdea> change)
    {
        var ordinal = ordinals[new IdeaId(recorded.Stream.Key)];
        ideas[ordinal] = change(ideas[ordinal]);
    }
}
