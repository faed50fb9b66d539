namespace IdeaVote.Domain.Tests.Support;

/// <summary>What came of a command.</summary>
public sealed class Outcome
{
    private readonly Scenario scenario;
    private readonly Event[] events;
    private readonly Refusal? refusal;

    public Outcome(Scenario scenario, Decision decision)
    {
        this.scenario = scenario;
        events = decision.Events.ToArray();
        refusal = decision.Refusal;
    }

    /// <summary>It was taken, and exactly this happened.</summary>
    public Scenario Then(params Event[] expected)
    {
        ThenTaken();
        Show.Lines(events).ShouldBe(Show.Lines(expected));
        return scenario;
    }

    /// <summary>It was taken and changed nothing.</summary>
    public Scenario ThenNothing() => Then();

    /// <summary>It was taken, whatever happened.</summary>
    public Scenario ThenTaken()
    {
        refusal.ShouldBeNull();
        return scenario;
    }

    /// <summary>It was refused for this reason, in words, blaming this input field, and nothing happened.</summary>
    public Scenario ThenRefused(string code, string? field = null)
    {
        refusal.ShouldNotBeNull($"It was taken: {Show.Lines(events)}");
        refusal.Code.ShouldBe(code);
        refusal.Field.ShouldBe(field);
        refusal.Detail.ShouldEndWith(".");
        events.ShouldBeEmpty();
        return scenario;
    }
}
