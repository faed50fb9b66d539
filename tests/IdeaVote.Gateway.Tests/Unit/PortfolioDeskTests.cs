using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Portfolios;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class PortfolioDeskTests
{
    private static readonly PortfolioBody Body = new("c", "p", "greedy", null, null, "approvals", 1, null, 0, 0, 0, 0, null, [], [], [], [], new Dictionary<string, string>(StringComparer.Ordinal));

    private readonly PortfolioDesk desk = new();

    [Fact]
    public async Task One_works_at_a_time_a_few_wait_and_the_rest_are_turned_away()
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (working, most) = (0, 0);
        var first = desk.WorkAsync(_ => WorkAsync(), CancellationToken.None).AsTask();
        var waiting = Enumerable.Range(0, PortfolioDesk.MaxWaiting).Select(_ => desk.WorkAsync(_ => WorkAsync(), CancellationToken.None).AsTask()).ToList();

        var refused = await Should.ThrowAsync<ApiException>(async () => await desk.WorkAsync(_ => WorkAsync(), CancellationToken.None));
        (refused.Status, refused.Code, refused.RetryAfterSeconds).ShouldBe((503, "overloaded", 5));
        done.SetResult(1);
        await Task.WhenAll([first, .. waiting]);
        most.ShouldBe(1);

        async Task<int> WorkAsync()
        {
            most = Math.Max(most, Interlocked.Increment(ref working));
            var result = await done.Task;
            Interlocked.Decrement(ref working);
            return result;
        }
    }

    [Fact]
    public async Task Whoever_goes_away_leaves_the_place_to_the_next()
    {
        using var gone = new CancellationTokenSource();
        var first = desk.WorkAsync(async token => { await Task.Delay(Timeout.Infinite, token); return 1; }, gone.Token).AsTask();
        var second = desk.WorkAsync(_ => Task.FromResult(2), CancellationToken.None).AsTask();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_is_worked_out_once()
    {
        var times = 0;
        for (var i = 0; i < 3; i++)
            (await desk.GetAsync("same", _ => { times++; return Task.FromResult(Body); }, CancellationToken.None)).ShouldBeSameAs(Body);
        await Should.ThrowAsync<InvalidOperationException>(async () => await desk.GetAsync("other", _ => throw new InvalidOperationException(), CancellationToken.None));
        await desk.GetAsync("other", _ => { times++; return Task.FromResult(Body); }, CancellationToken.None);

        times.ShouldBe(2);
    }
}
