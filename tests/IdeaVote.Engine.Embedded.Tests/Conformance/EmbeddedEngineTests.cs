using IdeaVote.Engine.Conformance.Engine;

namespace IdeaVote.Engine.Embedded.Tests.Conformance;

public sealed class EmbeddedRetryTests : RetrySuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedUnknownOutcomeTests : UnknownOutcomeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedCommandTests : CommandSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedOrderTests : OrderSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedFeedTests : FeedSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedBoardTests : BoardSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedScheduleTests : ScheduleSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedRefundTests : RefundSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedMergeTests : MergeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedCreditTests : CreditSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedThreadTests : ThreadSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedBackPressureTests : BackPressureSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedEndTests : EndSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class EmbeddedCampaignsTests : CampaignsSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup);
}

public sealed class CrampedRetryTests : RetrySuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}

public sealed class CrampedBoardTests : BoardSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}

public sealed class CrampedMergeTests : MergeSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}

public sealed class CrampedCreditTests : CreditSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}

public sealed class CrampedThreadTests : ThreadSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}

public sealed class CrampedEndTests : EndSuite
{
    protected override Task<EngineHost> StartAsync(EngineSetup setup) => EmbeddedHost.StartAsync(setup, cramped: true);
}
