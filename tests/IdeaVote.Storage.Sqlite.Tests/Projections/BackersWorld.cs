using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>
/// A small world of two campaigns, three ideas each and five voters, whose feed is folded by the index and by the model. Ideas
/// of both campaigns bear the same ids, and so do voters, so that nothing but the campaign tells them apart.
/// </summary>
internal sealed class BackersWorld : IAsyncDisposable
{
    private const int PageSize = 2;

    private readonly List<RecordedEvent> history = [];
    private readonly Dictionary<(int Campaign, int Idea), IdeaStatus> statuses = [];
    private readonly Dictionary<(int Campaign, int Voter, int Idea, int Method), int> ballots = [];
    private readonly Dictionary<(int Campaign, int Voter), int[]> orders = [];
    private readonly Dictionary<(int Campaign, int Voter, Pair Pair), Winner> duels = [];
    private readonly Feed[] feeds;
    private readonly IdeaId[] ideas;
    private readonly VoterId[] voters;
    private TempFolder folder = new();
    private int folded;

    public BackersWorld()
    {
        var some = new Some();
        feeds = [new Feed(some.Campaign()), new Feed(some.Campaign())];
        ideas = [some.Idea(), some.Idea(), some.Idea()];
        voters = [some.Voter(), some.Voter(), some.Voter(), some.Voter(), some.Voter()];
        Index = SqliteBackersIndex.Open(folder.File("backers.db"));
    }

    public SqliteBackersIndex Index { get; private set; }

    public BackersModel Model { get; } = new();

    /// <summary>A voter sets approval (method 0), stars (1) or credits (2) on an idea; 0 takes the vote back.</summary>
    public void Vote(int campaign, int voter, int idea, int method, int value)
    {
        var old = ballots.GetValueOrDefault((campaign, voter, idea, method));
        value = method == 0 ? Math.Min(value, 1) : value;
        if (old == value)
            return;
        ballots[(campaign, voter, idea, method)] = value;
        Record(Voted(campaign, voter, idea, method, old, value));
    }

    /// <summary>A voter puts ideas in order, the best first; none to take the order back.</summary>
    public void Rank(int campaign, int voter, int[] order)
    {
        var old = orders.GetValueOrDefault((campaign, voter), []);
        orders[(campaign, voter)] = order;
        Record(feeds[campaign].Ranked(voters[voter], Ideas(old), Ideas(order)));
    }

    /// <summary>A voter decides the duel of two different ideas, or takes the decision back.</summary>
    public void Duel(int campaign, int voter, int idea, int other, Winner winner)
    {
        var pair = Pair.Of(ideas[idea], ideas[other]);
        var old = duels.GetValueOrDefault((campaign, voter, pair));
        if (old == winner)
            return;
        duels[(campaign, voter, pair)] = winner;
        Record(feeds[campaign].Duelled(voters[voter], pair, old, winner));
    }

    /// <summary>A voter's votes are taken out and put in again, as when the segment changes.</summary>
    public void Move(int campaign, int voter)
    {
        var held = ballots.Where(b => b.Key.Campaign == campaign && b.Key.Voter == voter && b.Value > 0).ToArray();
        foreach (var (key, value) in held)
            Record(Voted(campaign, voter, key.Idea, key.Method, value, 0));
        foreach (var (key, value) in held)
            Record(Voted(campaign, voter, key.Idea, key.Method, 0, value));
        var order = orders.GetValueOrDefault((campaign, voter), []);
        Rank(campaign, voter, []);
        Rank(campaign, voter, order);
    }

    public void SetStatus(int campaign, int idea, IdeaStatus status)
    {
        var old = statuses.GetValueOrDefault((campaign, idea), IdeaStatus.Published);
        statuses[(campaign, idea)] = status;
        Record(feeds[campaign].Status(ideas[idea], old, status));
    }

    /// <summary>An idea becomes part of another, whatever it was before.</summary>
    public void Merge(int campaign, int idea, int into)
    {
        if (idea == into)
            return;
        var old = statuses.GetValueOrDefault((campaign, idea), IdeaStatus.Published);
        statuses[(campaign, idea)] = IdeaStatus.Merged;
        var merged = feeds[campaign].Merged(ideas[idea], ideas[into]);
        Record(merged with { Event = new IdeaStatusChanged(old, IdeaStatus.Merged, null) { Into = ideas[into] } });
    }

    /// <summary>A voter's votes follow a merge, or its undoing, of whatever cause: the news may be of long ago.</summary>
    public void Follow(int campaign, int voter, int idea, int other, int cause, bool leaves) =>
        Record(leaves
            ? feeds[campaign].Left(voters[voter], ideas[idea], ideas[other], cause)
            : feeds[campaign].Followed(voters[voter], ideas[idea], ideas[other], cause));

    /// <summary>Folds what happened since the last time, as one batch.</summary>
    public async Task FoldAsync()
    {
        await Index.ApplyAsync(history[folded..], OnePartition.At(history.Count));
        folded = history.Count;
    }

    /// <summary>Goes a step with the oldest refund: as a rule up to the next voter.</summary>
    public async Task RefundStepAsync(bool finishes)
    {
        await FoldAsync();
        if (await Index.NextRefundAsync() is not { } owed)
            return;
        var next = await Index.InvestorsAsync(owed.Campaign, owed.Idea, owed.After, 1);
        VoterId? upTo = finishes || next.Count == 0 ? null : next[0].Voter;
        await Index.AdvanceAsync(owed, upTo);
        Model.Advance(owed, upTo);
    }

    public async Task FinishLateAsync(int max)
    {
        await FoldAsync();
        var late = await Index.LateRefundsAsync(max);
        await Index.FinishAsync(late);
        Model.Finish(late);
    }

    /// <summary>Goes a step with the merge that has waited longest.</summary>
    public async Task MergeStepAsync(bool finishes)
    {
        await FoldAsync();
        if (await Index.NextMergeAsync() is not { } owed)
            return;
        var next = await Index.FollowersAsync(owed, owed.After, 1);
        VoterId? upTo = finishes || next.Count == 0 ? null : next[0];
        await Index.AdvanceAsync(owed, upTo);
        Model.Merges.Advance(owed, upTo);
    }

    public async Task FinishStragglersAsync(int max)
    {
        await FoldAsync();
        var told = await Index.StragglersAsync(max);
        await Index.FinishAsync(told);
        Model.Merges.Finish(told);
    }

    /// <summary>The process ends and starts again: in good order, or with nothing but what the files hold.</summary>
    public async Task RestartAsync(bool crashes)
    {
        if (crashes)
        {
            var left = folder.CopyAsIfCrashed();
            await Index.DisposeAsync();
            folder.Dispose();
            folder = left;
        }
        else
        {
            await Index.DisposeAsync();
        }
        Index = SqliteBackersIndex.Open(folder.File("backers.db"));
        var position = (await Index.LoadPositionAsync()).Offset();
        position.ShouldBeLessThanOrEqualTo(folded);
        if (!crashes)
            position.ShouldBe(folded);
        folded = (int)position;
    }

    /// <summary>Folds the rest, then compares everything the index can be asked with the model.</summary>
    public async Task CheckAsync()
    {
        await FoldAsync();
        (await Index.LoadPositionAsync()).Offset().ShouldBe(history.Count);
        await CheckAsync(Index, folder, Model);
    }

    /// <summary>Folds the whole feed into a new index, in batches of a given size, and compares that with a model that saw nothing but the feed.</summary>
    public async Task CheckRebuiltAsync(int batch)
    {
        using var another = new TempFolder();
        await using var rebuilt = SqliteBackersIndex.Open(another.File("backers.db"));
        var model = new BackersModel();
        for (var from = 0; from < history.Count; from += batch)
        {
            var events = history[from..Math.Min(from + batch, history.Count)];
            await rebuilt.ApplyAsync(events, OnePartition.At(from + events.Count));
            events.ForEach(model.Apply);
        }
        await CheckAsync(rebuilt, another, model);
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        folder.Dispose();
    }

    private async Task CheckAsync(SqliteBackersIndex index, TempFolder files, BackersModel model)
    {
        foreach (var feed in feeds)
        {
            foreach (var idea in ideas)
            {
                (await index.CountAsync(feed.Campaign, idea)).ShouldBe(model.Count(feed.Campaign, idea));
                (await PagesAsync(index, feed.Campaign, idea)).ShouldBe(model.Investors(feed.Campaign, idea));
            }
        }
        (await index.NextRefundAsync()).ShouldBe(model.Owed.FirstOrDefault());
        (await index.LateRefundsAsync(1_000)).ShouldBe(model.Late);
        (await index.LateRefundsAsync(1)).ShouldBe(model.Late.Take(1));
        var stragglers = await index.StragglersAsync(1_000);
        stragglers.Select(one => (one.Campaign, one.Voter, one.Idea)).ShouldBe(model.Merges.Stragglers);
        stragglers.ShouldAllBe(one => one.Placement == model.Merges.PlacementOf(one.Campaign, one.Idea));
        stragglers.Select(one => one.Number).ShouldBeInOrder();
        // The refunds behind the oldest show themselves once that is finished.
        using var copied = files.CopyAsIfCrashed();
        await using var copy = SqliteBackersIndex.Open(copied.File("backers.db"));
        foreach (var owed in model.Owed)
        {
            (await copy.NextRefundAsync()).ShouldBe(owed);
            await copy.AdvanceAsync(owed, null);
        }
        (await copy.NextRefundAsync()).ShouldBeNull();
        foreach (var owed in model.Merges.Owed)
        {
            (await copy.NextMergeAsync()).ShouldBe(owed);
            (await FollowersAsync(copy, owed)).ShouldBe(model.Merges.Followers(owed));
            await copy.AdvanceAsync(owed, null);
        }
        (await copy.NextMergeAsync()).ShouldBeNull();
    }

    private static async Task<List<VoterId>> FollowersAsync(SqliteBackersIndex index, OwedMerge owed)
    {
        var all = new List<VoterId>();
        while (await index.FollowersAsync(owed, all.Count > 0 ? all[^1] : null, PageSize) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(PageSize);
            all.AddRange(page);
        }
        return all;
    }

    private static async Task<List<Backer>> PagesAsync(SqliteBackersIndex index, CampaignId campaign, IdeaId idea)
    {
        var all = new List<Backer>();
        while (await index.InvestorsAsync(campaign, idea, all.LastOrDefault()?.Voter, PageSize) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(PageSize);
            all.AddRange(page);
        }
        return all;
    }

    private IdeaId[] Ideas(int[] numbers) => [.. numbers.Select(number => ideas[number])];

    private RecordedEvent Voted(int campaign, int voter, int idea, int method, int old, int @new) => method switch
    {
        0 => feeds[campaign].Approved(voters[voter], ideas[idea], old > 0, @new > 0),
        1 => feeds[campaign].Rated(voters[voter], ideas[idea], old, @new),
        _ => feeds[campaign].Invested(voters[voter], ideas[idea], old, @new),
    };

    private void Record(RecordedEvent recorded)
    {
        history.Add(recorded);
        Model.Apply(recorded);
    }
}
