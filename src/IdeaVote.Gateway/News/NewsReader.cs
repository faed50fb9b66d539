using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.News;

/// <summary>
/// Reads what is news to somebody. Nothing is kept for each reader: what happened is read from the index, and whose it is from the ballot of
/// whoever asks, so that a step of an idea that a million people back costs one row.
/// </summary>
/// <param name="engine">Has the ballots and the ideas.</param>
/// <param name="index">Knows what happened.</param>
/// <param name="waiter">Waits for it.</param>
internal sealed class NewsReader(IEngine engine, INewsIndex index, IProjectionWaiter waiter)
{
    /// <summary>How many steps of a campaign are looked through for those of somebody's ideas.</summary>
    public const int MaxSteps = 1_000;

    private const int MaxReturns = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Changes whenever something happens that may be news to somebody.</summary>
    public long Changes => index.Changes;

    /// <summary>Waits until news include a position.</summary>
    /// <exception cref="ApiException">503 <c>not_yet</c>.</exception>
    public async ValueTask AwaitAsync(Position position, CancellationToken cancellation)
    {
        if (!position.IsStart && !await waiter.WaitAsync(index.Name, position, Patience, cancellation))
            throw Positions.NotYet();
    }

    /// <summary>Campaigns in which something happened after a moment, the latest first.</summary>
    public ValueTask<IReadOnlyList<CampaignId>> ActiveAsync(Instant after, int max, CancellationToken cancellation) => index.ActiveAsync(after, max, cancellation);

    /// <summary>What is news to a voter in one campaign after a moment, the newest first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="reader">The voter.</param>
    /// <param name="after">The moment.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<IReadOnlyList<NewsItem>> ReadAsync(CampaignId campaign, VoterId reader, Instant after, int max, CancellationToken cancellation)
    {
        var steps = await index.StepsAsync(campaign, after, MaxSteps, cancellation);
        var remarks = await index.RemarksAsync(campaign, reader, after, max, cancellation);
        var items = remarks.Select(Of).ToList();
        if (steps.Count > 0)
            items.AddRange(await OwnStepsAsync(campaign, reader, steps, cancellation));
        return [.. items.OrderByDescending(static item => item.At).Take(max)];
    }

    private async ValueTask<IReadOnlyList<NewsItem>> OwnStepsAsync(CampaignId campaign, VoterId reader, IReadOnlyList<IdeaStep> steps, CancellationToken cancellation)
    {
        if ((await engine.ReadAsync(StreamId.Of(campaign, reader), cancellation)).State is not Voter voter)
            throw Positions.NotYet();
        var returned = (await index.ReturnsAsync(campaign, reader, MaxReturns, cancellation)).ToDictionary(one => one.Idea);
        var backed = BackedSince(voter.Ballot);
        foreach (var (idea, one) in returned.Where(static one => one.Value.Credits > 0))
            if (!backed.TryGetValue(idea, out var since) || one.First < since)
                backed[idea] = one.First;
        var written = await engine.QueryAsync(
            campaign, (board, _) => steps.Select(step => step.Idea).OfType<IdeaId>().Distinct().Where(idea => board.Find(idea)?.Authors.Contains(reader) is true).ToHashSet(), cancellation);
        bool? tookPart = backed.Count > 0 || written.Count > 0 || voter.Ballot.Held > 0 ? true : null;
        var items = new List<NewsItem>();
        foreach (var step in steps)
        {
            if (step.Idea is not { } idea)
            {
                if (tookPart ??= await index.HasSpokenAsync(campaign, reader, cancellation))
                    items.Add(new NewsItem(NewsKind.Results, step.At, null, step.Text) { IsCorrection = step.Old != default });
                continue;
            }
            var isOwn = written.Contains(idea);
            // That it became part of another is news also where the votes have followed.
            var hasMoved = step.New == IdeaStatus.Merged && returned.TryGetValue(idea, out var moved) && moved.Credits == 0;
            if (!isOwn && !hasMoved && !(backed.TryGetValue(idea, out var since) && since <= step.At))
                continue;
            items.Add(new NewsItem(NewsKind.Status, step.At, idea, step.Text)
            {
                Status = (step.Old, step.New),
                IsOwn = isOwn,
                CreditsReturned = step.New.ReturnsInvestments() && !step.Old.ReturnsInvestments() && returned.TryGetValue(idea, out var back) && back.At >= step.At ? back.Credits : 0,
            });
        }
        return items;
    }

    /// <summary>The ideas that a ballot backs by any method, each since its first vote.</summary>
    public static Dictionary<IdeaId, Instant> BackedSince(Ballot ballot)
    {
        var backed = new Dictionary<IdeaId, Instant>();
        foreach (var (idea, first) in ballot.Approvals)
            Add(idea, first);
        foreach (var (idea, rating) in ballot.Ratings)
            Add(idea, rating.First);
        foreach (var (idea, investment) in ballot.Investments)
            Add(idea, investment.First);
        foreach (var idea in ballot.Order.Ideas)
            Add(idea, ballot.Order.First);
        foreach (var (pair, choice) in ballot.Duels)
            Add(choice.Winner == Winner.One ? pair.One : pair.Other, choice.First);
        return backed;

        void Add(IdeaId idea, Instant first)
        {
            if (!backed.TryGetValue(idea, out var since) || first < since)
                backed[idea] = first;
        }
    }

    private static NewsItem Of(Remark remark) => new(
        remark.Kind switch
        {
            RemarkKind.Reply => NewsKind.Reply,
            RemarkKind.OnOwnIdea => NewsKind.Comment,
            RemarkKind.InDiscussion => NewsKind.Discussion,
            _ => NewsKind.Hidden,
        },
        remark.At, remark.Idea, remark.Text)
    {
        Place = (remark.Thread, remark.Comment),
        IsTeam = remark.IsTeam,
        Concern = remark.Concern,
    };
}
