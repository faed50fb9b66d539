namespace IdeaVote.Domain.Tests.Kernel;

public sealed class PurityTests
{
    [Fact]
    public void The_domain_stands_on_the_platform_alone() =>
        typeof(Aggregate).Assembly.GetReferencedAssemblies()
            .Where(assembly => !assembly.Name!.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
