using IdeaVote.Engine.Conformance.Engine;

namespace IdeaVote.Silo.Tests.Conformance;

public sealed class OrleansRetryTests : RetrySuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansUnknownOutcomeTests : UnknownOutcomeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansCommandTests : CommandSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansOrderTests : OrderSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansFeedTests : FeedSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansBoardTests : BoardSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansScheduleTests : ScheduleSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansRefundTests : RefundSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansMergeTests : MergeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansCreditTests : CreditSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansThreadTests : ThreadSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansBackPressureTests : BackPressureSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansEndTests : EndSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}

public sealed class OrleansCampaignsTests : CampaignsSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => OrleansHost.StartAsync(setup);
}
