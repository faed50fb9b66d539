using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>Events as a campaign's streams would record them, each at the next version of its stream.</summary>
internal sealed class Feed(CampaignId campaign)
{
    private readonly Dictionary<StreamId, long> versions = [];

    public CampaignId Campaign => campaign;

    public RecordedEvent Submitted(IdeaId idea, TextId text) =>
        Record(StreamId.Of(campaign, idea), new IdeaSubmitted(Ref(text), [], null, [], IdeaStatus.Published));

    public RecordedEvent Edited(IdeaId idea, TextId old, TextId @new) => Record(StreamId.Of(campaign, idea), new IdeaEdited(Ref(old), Ref(@new)));

    public RecordedEvent Erased(IdeaId idea, TextId text) => Record(StreamId.Of(campaign, idea), new IdeaTextErased(text));

    public RecordedEvent Status(IdeaId idea, IdeaStatus old, IdeaStatus @new) =>
        Record(StreamId.Of(campaign, idea), new IdeaStatusChanged(old, @new, null));

    public RecordedEvent Merged(IdeaId idea, IdeaId into) =>
        Record(StreamId.Of(campaign, idea), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Merged, null) { Into = into });

    public RecordedEvent Followed(VoterId voter, IdeaId idea, IdeaId into, long cause) =>
        Record(StreamId.Of(campaign, voter), new VotesMerged(idea, into, cause, 0, 0));

    public RecordedEvent Left(VoterId voter, IdeaId idea, IdeaId root, long cause) =>
        Record(StreamId.Of(campaign, voter), new VotesUnmerged(idea, root, cause, 0, 0, 0));

    public RecordedEvent Approved(VoterId voter, IdeaId idea, bool old, bool @new) =>
        Record(StreamId.Of(campaign, voter), new ApprovalChanged(idea, old, @new, null, default, 1));

    public RecordedEvent Rated(VoterId voter, IdeaId idea, int old, int @new) =>
        Record(StreamId.Of(campaign, voter), new RatingChanged(idea, Stars(old), Stars(@new), null, default, 1));

    public RecordedEvent Invested(VoterId voter, IdeaId idea, int old, int @new, long? cause = null) =>
        Record(StreamId.Of(campaign, voter), new InvestmentChanged(idea, old, @new, null, default, 1, cause));

    public RecordedEvent Ranked(VoterId voter, IdeaId[] old, IdeaId[] @new) =>
        Record(StreamId.Of(campaign, voter), new OrderChanged([.. old], [.. @new], null, default, @new.Length));

    public RecordedEvent Duelled(VoterId voter, Pair pair, Winner old, Winner @new) =>
        Record(StreamId.Of(campaign, voter), new DuelChanged(pair.One, pair.Other, old, @new, null, default, 1));

    private static Scores Stars(int stars) => stars == 0 ? Scores.None : Scores.Of(stars);

    private static TextRef Ref(TextId text) => new(text, new string('0', 64));

    private RecordedEvent Record(StreamId stream, Event e)
    {
        var version = versions.GetValueOrDefault(stream) + 1;
        versions[stream] = version;
        return new RecordedEvent(stream, version, new Instant(version), e);
    }
}
