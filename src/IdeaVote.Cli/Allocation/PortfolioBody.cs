using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>A portfolio as it is printed as JSON, by the names of the API. Amounts are in the fund's unit.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Utility">Equal shares: the utility.</param>
/// <param name="Completion">Equal shares: the completion.</param>
/// <param name="Fund">The money there was.</param>
/// <param name="Spent">What the selected cost together.</param>
/// <param name="Unit">The unit of money; null if it has no name.</param>
/// <param name="Voters">All voters.</param>
/// <param name="WithoutAny">How many of them get nothing they support.</param>
/// <param name="TotalScore">The scores of all selected together.</param>
/// <param name="Share">Equal shares: what each voter began with.</param>
/// <param name="Selected">What is funded, in the order in which it was decided.</param>
/// <param name="Rejected">What is not, by score.</param>
internal sealed record PortfolioBody(
    string Rule,
    string? Utility,
    string? Completion,
    decimal Fund,
    decimal Spent,
    string? Unit,
    long Voters,
    long WithoutAny,
    decimal TotalScore,
    ShareBody? Share,
    IReadOnlyList<SelectedBody> Selected,
    IReadOnlyList<RejectedBody> Rejected)
{
    /// <summary>What a file's election comes to. Its projects' ids stand for ideas and references.</summary>
    public static PortfolioBody Of(PbElection file, ComparedMethod result, bool payments)
    {
        var portfolio = result.Portfolio;
        var titles = file.Projects.ToDictionary(project => project.Id, project => project.Name, StringComparer.Ordinal);
        var shares = portfolio.Method.Rule == FundingRule.EqualShares;
        return new PortfolioBody(
            MethodNames.Of(MethodNames.Rules, portfolio.Method.Rule),
            shares ? MethodNames.Of(MethodNames.Utilities, portfolio.Method.Utility) : null,
            shares ? MethodNames.Of(MethodNames.Completions, portfolio.Method.Completion) : null,
            Plain(portfolio.Fund),
            Plain(portfolio.Spent),
            file.Meta["currency"] is { Length: > 0 } unit ? unit : null,
            result.Voters,
            result.WithoutAny,
            Plain(result.TotalScore),
            portfolio.Shares is { } share ? new ShareBody($"{share.Share}", Plain(share.Share.ToDecimal()), share.UnitsAdded) : null,
            [.. portfolio.Selected.Select(each =>
                new SelectedBody(each.Id, each.Id, titles[each.Id], Plain(each.Cost), Plain(each.Score), each.Why, PayersBody.Of(each.Payers, payments)))],
            [.. portfolio.Rejected.Select(each =>
                new RejectedBody(each.Id, each.Id, titles[each.Id], Plain(each.Cost), Plain(each.Score), each.Lacked, each.Missing is { } missing ? Plain(missing.ToDecimal()) : null))]);
    }

    /// <summary>A number without trailing zeros.</summary>
    public static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}

/// <summary>What each voter began with.</summary>
/// <param name="Each">Exact: a whole number, or numerator/denominator.</param>
/// <param name="About">The same to 12 decimals.</param>
/// <param name="UnitsAdded">How many units of it the completion added.</param>
internal sealed record ShareBody(string Each, decimal About, long UnitsAdded);

/// <summary>A project that is funded; <paramref name="Payers"/> is null where nobody in particular paid, which <paramref name="Why"/> explains.</summary>
internal sealed record SelectedBody(string Idea, string Reference, string Title, decimal Cost, decimal Score, string Why, PayersBody? Payers);

/// <summary>A project that is not funded; <paramref name="Missing"/> is the money it lacked, to 12 decimals, null if it was not for money.</summary>
internal sealed record RejectedBody(string Idea, string Reference, string Title, decimal Cost, decimal Score, string Lacked, decimal? Missing);

/// <summary>Who paid for a project.</summary>
/// <param name="Supporters">How many voters support it.</param>
/// <param name="AtRate">Those who paid what the rate asks, a group for each weight.</param>
/// <param name="Exhausted">How many paid less: all they had left.</param>
/// <param name="ExhaustedTotal">What those paid together, exact.</param>
/// <param name="Payments">All payments, if asked for. Together exactly the cost.</param>
internal sealed record PayersBody(long Supporters, IReadOnlyList<PaymentBody> AtRate, long Exhausted, string ExhaustedTotal, IReadOnlyList<PaymentBody>? Payments)
{
    /// <summary>As printed.</summary>
    public static PayersBody? Of(Payers? payers, bool all) => payers is null
        ? null
        : new PayersBody(payers.Supporters, Bodies(payers.AtRate), payers.Exhausted, $"{payers.ExhaustedTotal}", all ? Bodies(payers.All()) : null);

    private static List<PaymentBody> Bodies(IEnumerable<Payment> payments) =>
        [.. payments.Select(payment => new PaymentBody(payment.Voters, $"{payment.Each}", PortfolioBody.Plain(payment.Each.ToDecimal())))];
}

/// <summary>Voters who paid the same: how many, how much each exactly (numerator/denominator), and to 12 decimals.</summary>
internal sealed record PaymentBody(long Voters, string Each, decimal About);
