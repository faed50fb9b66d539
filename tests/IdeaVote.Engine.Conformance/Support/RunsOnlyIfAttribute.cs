namespace IdeaVote.Engine.Conformance.Support;

/// <summary>Stands on a leaf that needs something not every machine has: where it is missing, all of the leaf's tests say so and are skipped.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RunsOnlyIfAttribute : Attribute
{
    /// <summary>What is missing; null if nothing is.</summary>
    public abstract string? WhyNot { get; }
}
