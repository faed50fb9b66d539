using IdeaVote.Engine.Conformance.Engine;

namespace IdeaVote.Engine.Tests.Conformance;

public sealed class PartitionedRetryTests : RetrySuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedUnknownOutcomeTests : UnknownOutcomeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedCommandTests : CommandSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedOrderTests : OrderSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedFeedTests : FeedSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedBoardTests : BoardSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedScheduleTests : ScheduleSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedRefundTests : RefundSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedMergeTests : MergeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedCreditTests : CreditSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedThreadTests : ThreadSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedBackPressureTests : BackPressureSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedEndTests : EndSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class PartitionedCampaignsTests : CampaignsSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup);
}

public sealed class OnePartitionUnknownOutcomeTests : UnknownOutcomeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup, partitions: 1);
}

public sealed class OnePartitionBoardTests : BoardSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup, partitions: 1);
}

public sealed class OnePartitionFeedTests : FeedSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup, partitions: 1);
}

public sealed class OnePartitionMergeTests : MergeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => PartitionedHost.StartAsync(setup, partitions: 1);
}
