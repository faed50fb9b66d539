using IdeaVote.Simulation.Embedded;
using Xunit;

namespace IdeaVote.Simulation;

/// <summary>One loop on one partition.</summary>
public sealed class EmbeddedTests
{
    [Fact]
    public void No_seed_violates_anything() => Seeds.Run(share: 0.3, seed =>
        Scenario.Run(seed, (scheduler, faults) => new SimServer(scheduler, faults)));

    [Theory]
    [InlineData(ProcessMutation.AnswersEarly)]
    [InlineData(ProcessMutation.SurvivesFailure)]
    public void A_process_with_one_thing_broken_is_caught(ProcessMutation mutation) =>
        Seeds.Catches(seed => Scenario.Run(seed, (scheduler, faults) => new SimServer(scheduler, faults, mutation)));
}
