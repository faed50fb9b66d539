using System.Collections.Immutable;

namespace IdeaVote.Domain.Tests.World;

/// <summary>One thing that happens in a small world. Ideas, voters and messages are numbers; what there is not is taken modulo.</summary>
public abstract record Step;

/// <summary>How a voter acts: by which attempt, having seen which version, saying which segment.</summary>
/// <param name="Attempt">The number of the attempt; null for none. Few numbers, so that attempts are repeated.</param>
/// <param name="Seen">How many versions old the ballot is that the voter saw; null if it does not matter.</param>
/// <param name="Segment">The segment to set on the way; null to leave it, 0 for none.</param>
/// <param name="Trusted">Whether address and roll are vouched for.</param>
public sealed record Manner(int? Attempt, int? Seen, int? Segment, bool Trusted);

public sealed record Approves(int Voter, int Idea, bool Approve, Manner Manner) : Step;

public sealed record Rates(int Voter, int Idea, ImmutableArray<int> Stars, Manner Manner) : Step;

public sealed record Invests(int Voter, int Idea, int Credits, Manner Manner) : Step;

public sealed record Ranks(int Voter, ImmutableArray<int> Ideas, Manner Manner) : Step;

/// <summary>A duel is decided for the first, for the second, or taken back.</summary>
public sealed record Duels(int Voter, int One, int Other, int Winner, Manner Manner) : Step;

public sealed record Fills(
    int Voter, ImmutableArray<int> Approvals, ImmutableArray<(int Idea, int Stars)> Ratings, ImmutableArray<(int Idea, int Credits)> Investments,
    ImmutableArray<int> Order, ImmutableArray<(int Better, int Worse)> Decided, Manner Manner) : Step;

public sealed record Describes(int Voter, int? Segment, string? Attributes) : Step;

public sealed record Submits(int Idea, int? Author) : Step;

public sealed record Edits(int Idea, string Text, int? Cost, int? Editor) : Step;

public sealed record SetsStatus(int Idea, IdeaStatus Status, string? Answer) : Step;

public sealed record MergesIdea(int Idea, int Into) : Step;

public sealed record UnmergesIdea(int Idea) : Step;

public sealed record Erases(int Idea, string Text) : Step;

public sealed record ChangesRules(Rules Rules) : Step;

public sealed record EntersStage(int Stage) : Step;

/// <summary>Time goes by, and perhaps the campaign is woken.</summary>
public sealed record Passes(int Seconds, bool Wakes) : Step;

/// <summary>The news of an idea's status reach those who vote; until then they act on the old one.</summary>
public sealed record HearsOf(int Idea) : Step;

/// <summary>The backers index folds a few more events.</summary>
public sealed record Folds(int Events) : Step;

/// <summary>The backers index is lost and begins anew; it will ask for everything a second time.</summary>
public sealed record LosesIndex : Step;

/// <summary>A refund, or the news of a merge, arrives: any of those ever owed, counted from the newest, so out of order, late, or once more.</summary>
public sealed record Arrives(int Message) : Step;

/// <summary>A course of events.</summary>
public sealed record Script(Rules Rules, ImmutableArray<Step> Steps)
{
    public override string ToString() => $"{Show.Of(Rules)}\n{Show.Lines(Steps)}";
}
