using System.Reflection;

namespace IdeaVote.Domain.Tests.Kernel;

/// <summary>What is written to disk or programmed against must never be renamed or renumbered.</summary>
public sealed class NamesTests
{
    [Fact]
    public void The_codes_of_refusals_are_stable() =>
        typeof(RefusalCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)
            .ShouldBe(
            [
                "allocation_too_large", "approvals_exceeded", "ballot_changed", "ballot_full", "budget_exceeded", "campaign_changed", "campaign_exists", "campaign_not_found",
                "comment_not_found", "cost_frozen", "edits_exceeded", "idea_changed", "idea_merged", "idea_not_found", "idea_not_mergeable", "idea_not_public", "idea_not_votable", "invalid_credits", "invalid_order", "invalid_results", "invalid_rules", "invalid_scores",
                "investment_too_large", "investment_too_small", "method_off", "not_author", "not_eligible", "order_too_long", "own_comment", "reference_taken", "rule_frozen", "stage_closed",
                "status_not_settable", "thread_full", "thread_not_found", "unknown_criterion", "unknown_stage", "votes_final", "voting_not_over",
            ]);

    [Theory]
    [InlineData(typeof(AggregateKind), "Campaign=1 Idea=2 Voter=3 Thread=4")]
    [InlineData(typeof(Concern), "Spam=1 Abuse=2 OffTopic=3 Privacy=4 Other=5")]
    [InlineData(typeof(Allows), "None=0 Submit=1 Discuss=2 Vote=4")]
    [InlineData(typeof(Preset), "Continuous=1 Challenge=2 Budget=3")]
    [InlineData(typeof(WhoMayVote), "Anyone=1 Confirmed=2 Roll=3")]
    [InlineData(typeof(IdeaStatus), "Submitted=1 Published=2 UnderReview=3 Planned=4 Building=5 Shipped=6 Declined=7 Withdrawn=8 Merged=9 Hidden=10")]
    public void The_numbers_written_to_disk_are_stable(Type type, string expected) =>
        string.Join(' ', Enum.GetValuesAsUnderlyingType(type).Cast<byte>().Select(value => $"{Enum.GetName(type, value)}={value}")).ShouldBe(expected);

    [Fact]
    public void Events_hold_no_text_of_a_persons_making()
    {
        // Ids, numbers and hashes only: a plain string in an event could carry what must be erasable.
        var seen = new HashSet<Type>();
        foreach (var type in typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event))))
            Strings(type, seen).ShouldBeEmpty(type.Name);
        seen.Count.ShouldBeGreaterThan(20);
    }

    private static List<string> Strings(Type type, HashSet<Type> seen)
    {
        var found = new List<string>();
        if (type == typeof(TextRef) || type == typeof(Id) || !seen.Add(type))
            return found;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var inner = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            if (inner == typeof(string))
                found.Add($"{type.Name}.{property.Name}");
            else if (inner.Namespace?.StartsWith("IdeaVote", StringComparison.Ordinal) == true)
                found.AddRange(Strings(inner, seen));
        }
        return found;
    }
}
