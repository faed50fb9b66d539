using IdeaVote.Simulation.Cluster;
using IdeaVote.Simulation.Machine;
using Shouldly;
using Xunit;

namespace IdeaVote.Simulation;

/// <summary>Grains on three nodes in front of one to four partitions.</summary>
public sealed class ClusterTests
{
    [Fact]
    public void No_seed_violates_anything() => Seeds.Run(share: 0.7, seed =>
        Scenario.Run(seed, (scheduler, faults) => new SimCluster(scheduler, Scenario.Campaign, faults)));

    [Theory]
    [InlineData(NodeMutation.NoVersionGuard)]
    [InlineData(NodeMutation.NoTokens)]
    [InlineData(NodeMutation.RepliesBeforeCommit)]
    [InlineData(NodeMutation.NoConfirmation)]
    [InlineData(NodeMutation.ForgetsObeyed)]
    [InlineData(NodeMutation.TrustsSilence)]
    [InlineData(NodeMutation.FoldsTwice)]
    [InlineData(NodeMutation.NoLateRefunds)]
    [InlineData(NodeMutation.RefundsAnything)]
    [InlineData(NodeMutation.NoStragglers)]
    [InlineData(NodeMutation.ForgetsCast)]
    [InlineData(NodeMutation.NoLease)]
    public void A_cluster_with_one_thing_broken_is_caught(NodeMutation mutation) =>
        Seeds.Catches(seed => Scenario.Run(
            seed, (scheduler, faults) => new SimCluster(scheduler, Scenario.Campaign, faults, mutation), mutation));

    [Theory]
    [InlineData(StoreMutation.NoFence)]
    [InlineData(StoreMutation.TearsBatches)]
    public void A_store_that_breaks_its_contract_is_caught(StoreMutation mutation) =>
        Seeds.Catches(seed => Scenario.Run(
            seed, (scheduler, faults) => new SimCluster(scheduler, Scenario.Campaign, faults, store: mutation)));

    [Fact]
    public void A_seed_tells_the_same_story_every_time()
    {
        Story(7).ShouldBe(Story(7));
        Story(7).ShouldNotBe(Story(8));

        static string Story(int seed)
        {
            SimCluster? cluster = null;
            Scenario.Run(seed, (scheduler, faults) => cluster = new SimCluster(scheduler, Scenario.Campaign, faults));
            return string.Join('\n', cluster!.PartitionNames.SelectMany(cluster.Journal.Stored).Select(r => System.Text.Encoding.UTF8.GetString(r.Body)));
        }
    }
}
