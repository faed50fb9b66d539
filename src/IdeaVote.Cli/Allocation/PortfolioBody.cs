using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>A portfolio as the API gives it and as it is printed as JSON. Amounts are in the fund's unit.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fund">The money there was.</param>
/// <param name="Spent">What the selected cost together.</param>
/// <param name="Voters">All voters.</param>
/// <param name="Unrepresented">How many of them get nothing they support.</param>
/// <param name="TotalScore">The scores of all selected together.</param>
/// <param name="Selected">What is funded, in the order in which it was decided.</param>
/// <param name="Rejected">What is not, by score.</param>
/// <param name="Utility">Equal shares: the utility.</param>
/// <param name="Completion">Equal shares: the completion.</param>
/// <param name="Unit">The unit of money; null if it has no name.</param>
/// <param name="Share">Equal shares: what each voter began with.</param>
/// <param name="Campaign">The campaign; null for a file.</param>
/// <param name="Position">The position of the feed that was counted; null for a file.</param>
/// <param name="From">Which votes were counted; null for a file.</param>
/// <param name="NotConsidered">The ideas that can't be bought; null for a file.</param>
/// <param name="Comparison">All rules side by side; null for a file.</param>
/// <param name="File">The name of the file that was counted; null for a campaign.</param>
/// <param name="Parameters">What decided it, by name; null where the server does not say.</param>
/// <param name="Ballots">SHA-256 of the ballots counted; of a file, of its bytes. Null where the server does not say.</param>
internal sealed record PortfolioBody(
    string Rule,
    decimal Fund,
    decimal Spent,
    long Voters,
    long Unrepresented,
    decimal TotalScore,
    IReadOnlyList<SelectedBody> Selected,
    IReadOnlyList<RejectedBody> Rejected,
    string? Utility = null,
    string? Completion = null,
    string? Unit = null,
    ShareBody? Share = null,
    string? Campaign = null,
    string? Position = null,
    string? From = null,
    IReadOnlyList<UnconsideredBody>? NotConsidered = null,
    IReadOnlyList<ComparedBody>? Comparison = null,
    string? File = null,
    IReadOnlyDictionary<string, string>? Parameters = null,
    string? Ballots = null)
{
    /// <summary>What a file's election comes to. Its projects' ids stand for ideas and references.</summary>
    public static PortfolioBody Of(PbElection file, Election election, ComparedMethod result, bool payments)
    {
        var titles = file.Projects.ToDictionary(project => project.Id, project => project.Name, StringComparer.Ordinal);
        return Of(election, result, payments, each => (each, each, titles[each])) with { Unit = file.Meta["currency"] is { Length: > 0 } unit ? unit : null };
    }

    /// <summary>What an election comes to.</summary>
    /// <param name="election">The election.</param>
    /// <param name="result">What a rule makes of it.</param>
    /// <param name="payments">Whether those who gave all they had left are told apart.</param>
    /// <param name="names">The idea, the reference and the title of a project, by its id.</param>
    public static PortfolioBody Of(Election election, ComparedMethod result, bool payments, Func<string, (string Idea, string? Reference, string? Title)> names)
    {
        var portfolio = result.Portfolio;
        var shares = portfolio.Method.Rule == FundingRule.EqualShares;
        return new PortfolioBody(
            MethodNames.Of(MethodNames.Rules, portfolio.Method.Rule),
            Plain(portfolio.Fund),
            Plain(portfolio.Spent),
            result.Voters,
            result.WithoutAny,
            Plain(result.TotalScore),
            [.. portfolio.Selected.Select(each => new SelectedBody(
                names(each.Id).Idea, Plain(each.Cost), Plain(each.Score), election.SupporterCount(each.Project), each.Why, names(each.Id).Reference, names(each.Id).Title, PaidBody.Of(each.Payers, payments)))],
            [.. portfolio.Rejected.Select(each => new RejectedBody(
                names(each.Id).Idea, Plain(each.Cost), Plain(each.Score), election.SupporterCount(each.Project), each.Lacked, names(each.Id).Reference, names(each.Id).Title,
                each.Missing is { } missing ? Plain(missing.ToDecimal()) : null))],
            shares ? MethodNames.Of(MethodNames.Utilities, portfolio.Method.Utility) : null,
            shares ? MethodNames.Of(MethodNames.Completions, portfolio.Method.Completion) : null,
            null,
            portfolio.Shares is { } share ? new ShareBody($"{share.Share}", Plain(share.Share.ToDecimal()), share.UnitsAdded) : null);
    }

    /// <summary>A number without trailing zeros.</summary>
    public static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}

/// <summary>What each voter began with.</summary>
/// <param name="Each">Exact: a whole number, or numerator/denominator.</param>
/// <param name="About">The same to 12 decimals.</param>
/// <param name="UnitsAdded">How many units of it the completion added.</param>
internal sealed record ShareBody(string Each, decimal About, long UnitsAdded);

/// <summary>A project that is funded; <paramref name="Paid"/> is null where nobody in particular paid, which <paramref name="Why"/> explains.</summary>
internal sealed record SelectedBody(
    string Idea, decimal Cost, decimal Score, long Supporters, string Why, string? Reference = null, string? Title = null, IReadOnlyList<PaidBody>? Paid = null);

/// <summary>A project that is not funded; <paramref name="Missing"/> is the money it lacked, to 12 decimals, null if it was not for money.</summary>
internal sealed record RejectedBody(
    string Idea, decimal Cost, decimal Score, long Supporters, string Lacked, string? Reference = null, string? Title = null, decimal? Missing = null);

/// <summary>An idea that can't be bought, and why.</summary>
internal sealed record UnconsideredBody(string Idea, string Why, string? Reference = null, string? Title = null);

/// <summary>What a rule comes to on the same votes; <paramref name="TooLarge"/> says why it comes to nothing.</summary>
internal sealed record ComparedBody(
    string Rule, int? Selected = null, decimal? Utility = null, long? Unrepresented = null, decimal? Spent = null, string? TooLarge = null);

/// <summary>Voters who paid for a project.</summary>
/// <param name="Voters">How many.</param>
/// <param name="Total">What they paid together, exact.</param>
/// <param name="Amount">What each paid, exact; null if they paid different amounts, all they had left.</param>
/// <param name="About">The same to 12 decimals.</param>
internal sealed record PaidBody(long Voters, string Total, string? Amount = null, decimal? About = null)
{
    /// <summary>As printed: together exactly the cost.</summary>
    /// <param name="payers">Who paid; null for nobody in particular.</param>
    /// <param name="all">Whether those who gave all they had left are told apart.</param>
    public static IReadOnlyList<PaidBody>? Of(Payers? payers, bool all)
    {
        if (payers is null)
            return null;
        var paid = (all ? payers.All() : payers.AtRate)
            .Select(group => new PaidBody(
                group.Voters, $"{group.Each * new Rational(group.Voters, 1)}", $"{group.Each}", PortfolioBody.Plain(group.Each.ToDecimal())))
            .ToList();
        if (!all && payers.Exhausted > 0)
            paid.Add(new PaidBody(payers.Exhausted, $"{payers.ExhaustedTotal}"));
        return paid;
    }
}
