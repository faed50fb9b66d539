using IdeaVote.Cli.Allocation;

namespace IdeaVote.Cli.Verify;

/// <summary>A portfolio as statements that can be compared one by one. Titles and references are none: the feed holds no text.</summary>
internal static class PortfolioStatements
{
    /// <summary>What it says as a whole, and of each idea besides cost, score and why.</summary>
    public static IEnumerable<string> Of(PortfolioBody body) =>
    [
        $"the rule {body.Rule}, utility {body.Utility}, completion {body.Completion}",
        FormattableString.Invariant($"a fund of {PortfolioBody.Plain(body.Fund)}, {PortfolioBody.Plain(body.Spent)} spent"),
        FormattableString.Invariant($"{body.Voters} voters, {body.Unrepresented} unrepresented"),
        FormattableString.Invariant($"a total score of {PortfolioBody.Plain(body.TotalScore)}"),
        FormattableString.Invariant($"a share of {body.Share?.Each ?? "none"}, {body.Share?.UnitsAdded ?? 0} units added"),
        .. body.Selected.Select(static each => FormattableString.Invariant($"idea {each.Idea} with {each.Supporters} supporters")),
        .. body.Rejected.Select(static each => FormattableString.Invariant(
            $"idea {each.Idea} with {each.Supporters} supporters, missing {(each.Missing is { } missing ? PortfolioBody.Plain(missing) : null)}")),
    ];

    /// <summary>Who paid what.</summary>
    public static IEnumerable<string> OfPayments(PortfolioBody body) => body.Selected.SelectMany(static each => (each.Paid ?? []).Select(paid =>
        FormattableString.Invariant($"{paid.Voters} voters paid {paid.Amount ?? "all they had left"} each, {paid.Total} together, for idea {each.Idea}")));

    /// <summary>What a rule comes to.</summary>
    public static string Of(ComparedBody rule) => FormattableString.Invariant(
        $"{rule.Rule}: {rule.Selected} selected, utility {Plain(rule.Utility)}, {rule.Unrepresented} unrepresented, {Plain(rule.Spent)} spent{(rule.TooLarge is null ? "" : ", too large")}");

    private static decimal? Plain(decimal? number) => number is { } value ? PortfolioBody.Plain(value) : null;
}
