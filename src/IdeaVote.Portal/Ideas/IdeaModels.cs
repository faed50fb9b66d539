using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Portal.Discussion;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Remix;
using IdeaVote.Portal.Votes;

namespace IdeaVote.Portal.Ideas;

/// <summary>What the page of an idea shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Id">The idea's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body, Markdown.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Authors">Who submitted it; empty for the team.</param>
/// <param name="Cost">What it would cost, with its unit; null if unknown.</param>
/// <param name="Answers">What the team has said and done, newest first.</param>
/// <param name="Votes">The counts and the forms to vote.</param>
/// <param name="CanEdit">Whether the visitor may edit it.</param>
/// <param name="EditedAt">When its text was changed last; null for never.</param>
public sealed record IdeaModel(
    string Campaign, string Id, string Title, string Body, IReadOnlyList<string> Tags, string Status, Instant SubmittedAt,
    IReadOnlyList<AuthorName> Authors, string? Cost, IReadOnlyList<StatusStep> Answers, VoteAreaModel Votes, bool CanEdit, Instant? EditedAt)
{
    /// <summary>Whether ideas of its status take votes.</summary>
    public bool TakesVotes { get; init; }

    /// <summary>The idea it is part of; null if it stands for itself.</summary>
    public IdeaTitle? MergedInto { get; init; }

    /// <summary>Ideas that are part of it, the first ones.</summary>
    public IReadOnlyList<IdeaTitle> Merged { get; init; } = [];

    /// <summary>How many ideas are part of it.</summary>
    public int MergedCount { get; init; }

    /// <summary>Which ideas it builds on and which on it; null where it is not read.</summary>
    public RemixModel? Remix { get; init; }

    /// <summary>How to share it; null where it is not read.</summary>
    public ShareModel? Share { get; init; }

    /// <summary>The discussion; null where it is not read.</summary>
    public DiscussionModel? Discussion { get; init; }
}

/// <summary>An idea by its name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
public sealed record IdeaTitle(string Id, string Title);

/// <summary>Who wrote something.</summary>
/// <param name="Name">The name to show; null for somebody who has no account, or none any more.</param>
/// <param name="Account">The account's id, for a link; null if the profile is hidden or there is none.</param>
public sealed record AuthorName(string? Name, string? Account);

/// <summary>A step of an idea's way.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The status it got.</param>
/// <param name="Answer">What the team said, Markdown; null for nothing.</param>
public sealed record StatusStep(Instant At, string Status, string? Answer);

/// <summary>The counts of an idea and the forms to vote on it.</summary>
/// <param name="Panel">The forms.</param>
/// <param name="Tally">The counts; null while they are hidden.</param>
/// <param name="HiddenUntilClose">Whether counts are hidden until voting has closed.</param>
public sealed record VoteAreaModel(VotePanel Panel, TallyModel? Tally, bool HiddenUntilClose);

/// <summary>An idea's counts, and how sure they are.</summary>
/// <param name="Approvals">Its approvals; null if approving is off.</param>
/// <param name="Ratings">Its stars; null if rating is off.</param>
/// <param name="Invested">What is invested; null if investing is off.</param>
/// <param name="Ranked">How many have it in their order; null if ranking is off.</param>
public sealed record TallyModel(ApprovalTally? Approvals, RatingTally? Ratings, InvestedTally? Invested, int? Ranked)
{
    /// <summary>How many votes stood at the end of each period since the idea was submitted.</summary>
    public IReadOnlyList<HistoryPoint> History { get; init; } = [];
}

/// <summary>Approvals.</summary>
/// <param name="Count">How many.</param>
/// <param name="Voters">Of how many voters.</param>
/// <param name="Interval">The 95 % interval of the share.</param>
public sealed record ApprovalTally(int Count, int Voters, Interval? Interval)
{
    /// <summary>The share of the voters, 0 to 1.</summary>
    public double Share => Voters == 0 ? 0 : (double)Count / Voters;
}

/// <summary>Stars.</summary>
/// <param name="Mean">Their weighted mean, 1 to 5; null without any.</param>
/// <param name="Raters">How many rate.</param>
/// <param name="Interval">The 95 % interval of the mean.</param>
public sealed record RatingTally(decimal? Mean, int Raters, Interval? Interval);

/// <summary>Investments.</summary>
/// <param name="Credits">How many credits.</param>
/// <param name="Investors">Of how many voters.</param>
public sealed record InvestedTally(long Credits, int Investors);
