using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>A fact that leaves inherit, and that asks the leaf whether it can run (<see cref="RunsOnlyIfAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("IdeaVote.Engine.Conformance.Support.SuiteFactDiscoverer", "IdeaVote.Engine.Conformance")]
public sealed class SuiteFactAttribute : FactAttribute;

/// <summary>A theory that leaves inherit, and that asks the leaf whether it can run.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("IdeaVote.Engine.Conformance.Support.SuiteTheoryDiscoverer", "IdeaVote.Engine.Conformance")]
public sealed class SuiteTheoryAttribute : TheoryAttribute;

/// <summary>Finds the cases of a <see cref="SuiteFactAttribute"/>.</summary>
public sealed class SuiteFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Leaf.WhyNot(testMethod) is { } reason
            ? Leaf.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod, reason)
            : base.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the cases of a <see cref="SuiteTheoryAttribute"/>.</summary>
public sealed class SuiteTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        Leaf.WhyNot(testMethod) is { } reason
            ? Leaf.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod, reason)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Leaf
{
    public static string? WhyNot(ITestMethod method) =>
        method.TestClass.Class.ToRuntimeType().GetCustomAttributes<RunsOnlyIfAttribute>().Select(only => only.WhyNot).FirstOrDefault(reason => reason is not null);

    public static IEnumerable<IXunitTestCase> Skipped(
        IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method, string reason) =>
        [new XunitSkippedDataRowTestCase(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)];
}
