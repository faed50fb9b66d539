using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>An idea as an election knows it.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Text">Its text.</param>
/// <param name="Cost">What it would cost; null if unknown.</param>
/// <param name="Status">Its status.</param>
internal sealed record ElectionIdea(IdeaId Id, TextRef Text, decimal? Cost, IdeaStatus Status);

/// <summary>A campaign's ideas and ballots as of one position of its feed. Brought to a later position, it goes on from where it was.</summary>
/// <param name="engine">Has the feed.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="from">Which votes make the ballots.</param>
internal sealed class FoldedElection(IEngine engine, CampaignId campaign, CountFrom from)
{
    private readonly FeedFold feed = new(engine, campaign);
    private readonly Dictionary<IdeaId, int> ordinals = [];
    private readonly List<ElectionIdea> ideas = [];

    /// <summary>Which votes make the ballots.</summary>
    public CountFrom From { get; } = from;

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>The campaign's rules then; null before it was made.</summary>
    public Rules? Rules => State.Exists ? State.Rules : null;

    /// <summary>All ideas, in the order of submission.</summary>
    public IReadOnlyList<ElectionIdea> Ideas => ideas;

    /// <summary>The standing votes.</summary>
    public StandingVotes Votes { get; } = new(from);

    /// <summary>What is folded.</summary>
    public Position Position => feed.Position;

    private Campaign State { get; set; } = Domain.Campaigns.Campaign.None;

    /// <summary>Goes on to a position, which must include where it is.</summary>
    /// <param name="upTo">The position.</param>
    /// <param name="cancellation">Stops the folding; it can go on afterwards.</param>
    public Task FoldAsync(Position upTo, CancellationToken cancellation) =>
        feed.GoOnAsync(upTo, entry => Apply(EventReader.Read(entry.Body.Span)), cancellation);

    private void Apply(RecordedEvent recorded)
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
