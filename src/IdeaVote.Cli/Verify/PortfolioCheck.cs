using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Cli.Verify;

/// <summary>
/// Compares an exported portfolio with the one that the events come to. Ties are decided by the references that the file gives, for the feed
/// holds none.
/// </summary>
internal sealed class PortfolioCheck : CountedCheck
{
    private readonly PortfolioFile file;
    private readonly FundingMethod method;
    private readonly decimal? fund;
    private readonly CampaignElection votes;
    private readonly Action pause;

    private PortfolioCheck(string path, PortfolioFile file, FundingMethod method, CountFrom from, decimal? fund, Action pause) : base(path, file.Told)
    {
        (this.file, this.method, this.fund, this.pause) = (file, method, fund, pause);
        votes = new CampaignElection(from);
    }

    /// <summary>Reads a portfolio that is to be compared.</summary>
    /// <param name="path">The file.</param>
    /// <param name="given">What the command line says of rule, utility, completion, from and fund, where the file does not.</param>
    /// <param name="pause">Throws when the work is no longer wanted.</param>
    /// <exception cref="UsageException">It can't be compared; the message says why.</exception>
    public static PortfolioCheck Of(string path, IReadOnlyDictionary<string, string> given, Action pause)
    {
        var file = PortfolioFile.Read(path);
        var terms = PortfolioParameters.Of(path, file, given);
        return new PortfolioCheck(path, file, terms.Method, terms.From, terms.Fund, pause);
    }

    /// <inheritdoc/>
    protected override bool NeedsTimesOrSegments => false;

    /// <inheritdoc/>
    protected override void Take(RecordedEvent recorded) => votes.Apply(recorded);

    /// <inheritdoc/>
    protected override string Compare(Board board)
    {
        var money = fund ?? votes.Rules?.Fund ?? throw new UsageException($"{Path} does not say how large the fund is; give it with --fund");
        var projects = ElectionProjects.Of(votes, idea => file.References.GetValueOrDefault(idea.Id.ToString()));
        var election = projects.ToElection(votes, money);
        var counted = Run(election, method, projects, payments: false);
        Agree("row", file.Rows, PortfolioFile.RowsOf(counted));
        if (file.Body is { } told)
            CompareWhole(told, counted, election, projects);
        return FormattableString.Invariant($"{Path} agrees in {counted.Selected.Count} selected and {counted.Rejected.Count} rejected ideas by {counted.Rule}, with ties decided by the references it gives");
    }

    private void CompareWhole(PortfolioBody told, PortfolioBody counted, Election election, ElectionProjects projects)
    {
        Agree("statement", PortfolioStatements.Of(told), PortfolioStatements.Of(counted));
        // Single payments are there if they were asked for.
        if (!PortfolioStatements.OfPayments(told).SequenceEqual(PortfolioStatements.OfPayments(counted), StringComparer.Ordinal))
            Agree("payment", PortfolioStatements.OfPayments(told), PortfolioStatements.OfPayments(Run(election, method, projects, payments: true)));
        if (told.NotConsidered is { } others)
            Agree("idea not considered", others.Select(static each => $"{each.Idea}: {each.Why}"), projects.Others.Select(static each => $"{each.Idea.Id}: {each.Why}"));
        if (told.Comparison is { } rules)
            Agree("compared rule", rules.Select(PortfolioStatements.Of), MethodNames.Rules.Select(rule => PortfolioStatements.Of(Compared(election, rule.Key, method with { Rule = rule.Value }))));
    }

    private PortfolioBody Run(Election election, FundingMethod by, ElectionProjects projects, bool payments)
    {
        var ideas = projects.Names.Zip(projects.Ideas).ToDictionary(static each => each.First, static each => each.Second.Id.ToString(), StringComparer.Ordinal);
        return Allocator.TryRun(election, by, out var portfolio, out var refusal, pause)
            ? PortfolioBody.Of(election, Comparison.Of(election, portfolio), payments, name => (ideas[name], null, null))
            : throw new UsageException($"{Path} can't be counted again: {refusal.Detail}");
    }

    private ComparedBody Compared(Election election, string name, FundingMethod by)
    {
        if (!Allocator.TryRun(election, by, out var portfolio, out var refusal, pause))
            return new ComparedBody(name, TooLarge: refusal.Detail);
        var compared = Comparison.Of(election, portfolio);
        return new ComparedBody(
            name, portfolio.Selected.Length, PortfolioBody.Plain(compared.TotalScore), compared.WithoutAny, PortfolioBody.Plain(portfolio.Spent));
    }

    private void Agree(string what, IEnumerable<string> told, IEnumerable<string> counted)
    {
        var (says, comes) = (told.ToList(), counted.ToList());
        for (var i = 0; i < Math.Max(says.Count, comes.Count); i++)
        {
            if (says.ElementAtOrDefault(i) is var one && comes.ElementAtOrDefault(i) is var other && one != other)
                throw new DisagreementException($"{Path}, {what} {i + 1}: it says {one ?? "nothing"}, and the events come to {other ?? "nothing"}");
        }
    }
}
