using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Reactors;

namespace IdeaVote.Engine.Tests.Reactors;

/// <summary>Index and reactor at work behind an engine, on their own.</summary>
public sealed class RunningReactorTests
{
    private readonly MemoryBackers backers = new();
    private readonly ManualTime time = new();

    [Fact]
    public async Task Investments_go_back_by_themselves_whenever_an_idea_is_closed()
    {
        using var engine = await EngineAsync();
        await using var runner = await RunnerAsync(engine);
        await using var reactor = Start(engine, runner);

        foreach (var round in Enumerable.Range(1, 3))
        {
            for (var person = 0; person < 50; person++)
                await engine.InvestAsync(Crowd.Person(person), Park, round);
            engine.Invested(Park).ShouldBe(50 * round);
            await engine.SetStatusAsync(Park, IdeaStatus.Declined);
            await engine.Committed.UntilAsync(() => engine.Invested(Park) == 0);
            await engine.SetStatusAsync(Park, IdeaStatus.Published);
        }

        reactor.Running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_missing_answer_it_pauses_and_goes_on()
    {
        using var engine = await EngineAsync();
        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        engine.Fault = command => command is ReturnInvestment ? Reply.OutcomeUnknown : null;
        await using var runner = await RunnerAsync(engine);
        await using var reactor = Start(engine, runner);

        await time.AlarmSet.UntilAsync(() => time.Waiting.Count > 0);
        time.Waiting.ShouldBe([TimeSpan.FromSeconds(1)]);
        engine.Invested(Park).ShouldBe(30);

        engine.Fault = _ => null;
        time.Advance(TimeSpan.FromSeconds(1));
        await engine.Committed.UntilAsync(() => engine.Invested(Park) == 0);
    }

    [Fact]
    public async Task An_index_that_fails_ends_it_with_the_failure()
    {
        using var engine = await EngineAsync();
        backers.NextLookFails = new InvalidOperationException("The index is damaged.");
        await using var runner = await RunnerAsync(engine);
        var reactor = Start(engine, runner);

        (await Should.ThrowAsync<InvalidOperationException>(() => reactor.Running.Ended())).Message.ShouldBe("The index is damaged.");
        await Should.ThrowAsync<InvalidOperationException>(() => reactor.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task It_stops_while_it_waits_and_while_it_pauses()
    {
        using var engine = await EngineAsync();
        await using var runner = await RunnerAsync(engine);
        var waiting = Start(engine, runner);
        await waiting.DisposeAsync();
        waiting.Running.IsCompleted.ShouldBeTrue();

        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        engine.Fault = command => command is ReturnInvestment ? Reply.OutcomeUnknown : null;
        (await runner.WaitAsync(engine.Head, TimeSpan.FromSeconds(60))).ShouldBeTrue();
        var pausing = Start(engine, runner);
        await time.AlarmSet.UntilAsync(() => time.Waiting.Count > 0);
        await pausing.DisposeAsync();
        pausing.Running.IsCompleted.ShouldBeTrue();
    }

    private FollowUpReactor Start(MemoryEngine engine, ProjectionRunner runner)
    {
        var reactor = new FollowUpReactor(engine, backers, runner.Folded, time);
        reactor.Start();
        return reactor;
    }

    private async Task<ProjectionRunner> RunnerAsync(MemoryEngine engine)
    {
        var runner = new ProjectionRunner(backers, engine.Source);
        await runner.StartAsync();
        return runner;
    }

    private static async Task<MemoryEngine> EngineAsync()
    {
        var engine = await MemoryEngine.StartAsync();
        await engine.OpenAsync(Park);
        return engine;
    }
}
