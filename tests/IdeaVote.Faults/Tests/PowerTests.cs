using IdeaVote.Faults.Disk;
using IdeaVote.Faults.Scenarios;

namespace IdeaVote.Faults.Tests;

/// <summary>A test that needs the disk that fails.</summary>
internal sealed class ShimFactAttribute : FactAttribute
{
    public ShimFactAttribute() => Skip = FaultShim.WhyNot;
}

/// <summary>One turn of what the long run does for an hour, and that the harness would notice.</summary>
public class PowerTests
{
    private const int MostChanges = 400;

    [ShimFact]
    public async Task What_was_acknowledged_survives_a_loss_of_power_and_a_disk_that_lies_about_syncs_is_caught()
    {
        var report = new Report("power");
        await using var world = new World(report, seed: 7, hasFaultyDisk: true);
        await world.BeginAsync();
        await PowerScenario.FailUnderLoadAsync(world, MostChanges);
        world.LosePower(isLucky: true);
        (await world.StartAsync()).ShouldBeTrue();
        await world.CheckAsync();
        report.Findings.ShouldBeEmpty();

        world.Control!.Lies = true;
        await PowerScenario.FailUnderLoadAsync(world, MostChanges);
        world.LosePower(isLucky: false);
        (await world.StartAsync()).ShouldBeTrue();
        await world.CheckAsync();
        report.Count(Wrong.Lost).ShouldBePositive();
    }
}
