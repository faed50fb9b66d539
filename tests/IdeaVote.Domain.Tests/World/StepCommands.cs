namespace IdeaVote.Domain.Tests.World;

/// <summary>The commands that steps stand for.</summary>
public static class StepCommands
{
    public static (StreamId Stream, Command Command) ToCommand(this Step step, SmallWorld world) => step switch
    {
        Approves s => Vote(world, s.Voter, new CastApproval(SmallWorld.IdeaAt(s.Idea), s.Approve), s.Manner),
        Rates s => Vote(world, s.Voter, new CastRating(SmallWorld.IdeaAt(s.Idea), Scores.Of(s.Stars.AsSpan())), s.Manner),
        Invests s => Vote(world, s.Voter, new CastInvestment(SmallWorld.IdeaAt(s.Idea), s.Credits), s.Manner),
        Ranks s => Vote(world, s.Voter, new SetOrder([.. s.Ideas.Select(SmallWorld.IdeaAt)]), s.Manner),
        Duels s => Vote(world, s.Voter, Decided(s), s.Manner),
        Fills s => Vote(world, s.Voter, Ballot(s), s.Manner),
        Describes s => (SmallWorld.Of(s.Voter), new DescribeVoter(
            Segment(s.Segment), s.Attributes is { } attributes ? new AttributesChange(attributes.Length > 0 ? Doc(attributes) : null) : null)),
        Submits s => (OfIdea(s.Idea), new SubmitIdea(Doc($"idea {s.Idea}"), [], null, Person(s.Author))),
        Edits s => (OfIdea(s.Idea), new EditIdea(Doc(s.Text), [Term(s.Text)], s.Cost is { } cost ? new CostChange(cost) : null, Person(s.Editor))),
        SetsStatus s => (OfIdea(s.Idea), new SetIdeaStatus(s.Status, s.Answer is { } answer ? Doc(answer) : null)),
        MergesIdea s => (OfIdea(s.Idea), new MergeIdea(SmallWorld.IdeaAt(s.Idea), SmallWorld.IdeaAt(s.Into), null)),
        UnmergesIdea s => (OfIdea(s.Idea), new UnmergeIdea()),
        Erases s => (OfIdea(s.Idea), new EraseIdeaText(Doc(s.Text).Id)),
        ChangesRules s => (StreamId.Of(TheCampaign), new ChangeCampaign(null, s.Rules, null)),
        EntersStage s => (StreamId.Of(TheCampaign), new EnterStage(s.Stage)),
        _ => throw new ArgumentException($"{step} is no command.", nameof(step)),
    };

    private static StreamId OfIdea(int idea) => StreamId.Of(TheCampaign, SmallWorld.IdeaAt(idea));

    private static VoterId? Person(int? voter) => voter is { } number ? new VoterId(SmallWorld.Of(number).Key) : null;

    private static SegmentChange? Segment(int? segment) =>
        segment is { } number ? new SegmentChange(number == 0 ? null : Term($"{number}")) : null;

    private static SetBallot Ballot(Fills fills) => new(
        [.. fills.Approvals.Select(SmallWorld.IdeaAt)],
        [.. fills.Ratings.Select(r => KeyValuePair.Create(SmallWorld.IdeaAt(r.Idea), Scores.Of(r.Stars)))],
        [.. fills.Investments.Select(i => KeyValuePair.Create(SmallWorld.IdeaAt(i.Idea), i.Credits))])
    {
        Order = fills.Order.IsEmpty ? null : [.. fills.Order.Select(SmallWorld.IdeaAt)],
        Duels = fills.Decided.IsEmpty ? null : [.. fills.Decided.Select(d => new DuelVote(SmallWorld.IdeaAt(d.Better), SmallWorld.IdeaAt(d.Worse)))],
    };

    private static CastDuel Decided(Duels duel)
    {
        var (one, other) = (SmallWorld.IdeaAt(duel.One), SmallWorld.IdeaAt(duel.Other));
        return new CastDuel(one, other, duel.Winner switch { 0 => null, 1 => one, _ => other });
    }

    private static (StreamId Stream, Command Command) Vote(SmallWorld world, int voter, VoteCommand command, Manner manner)
    {
        var stream = SmallWorld.Of(voter);
        return (stream, command with
        {
            Id = manner.Attempt is { } attempt ? Attempt(attempt) : null,
            ExpectedVersion = manner.Seen is { } old ? world.State(stream).Version - old : null,
            Segment = Segment(manner.Segment),
            Credentials = manner.Trusted ? new Credentials(AddressConfirmed: true, null, OnRoll: true) : default,
        });
    }
}
