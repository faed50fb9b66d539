using System.Text.Json;
using System.Text.Json.Nodes;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Api;
using IdeaVote.Domain.Allocation;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>A portfolio is divided again from the events, and whatever differs is named.</summary>
public sealed class PortfolioCheckTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly ElectionFile election = new(voters: 11);

    public static TheoryData<string, string> Methods
    {
        get
        {
            var methods = new TheoryData<string, string>();
            foreach (var rule in MethodNames.Rules.Keys)
            {
                foreach (var from in Enum.GetValues<CountFrom>())
                    methods.Add(rule, CountFroms.Of(from));
            }
            return methods;
        }
    }

    public void Dispose()
    {
        cli.Dispose();
        election.Dispose();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task By_every_rule_and_all_kinds_of_votes(string rule, string from)
    {
        var file = Exported(rule, from);

        (await VerifyAsync(file)).ShouldBe(0, cli.Out + cli.Error);
        cli.Out.ShouldContain($" rejected ideas by {rule}, with ties decided by the references it gives, at the position it names");
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');
        (await cli.RunAsync("verify", Feed(), "--portfolio", Csv(file))).ShouldBe(0, cli.Out + cli.Error);
    }

    [Fact]
    public async Task Whatever_is_changed_is_found()
    {
        (Action<JsonNode> Forge, string Why)[] forgeries =
        [
            (file => file["selected"]![0]!["cost"] = 9, ", row 1: it says selected idea "),
            (file => file["selected"]![0]!["why"] = "because", ", row 1: it says selected idea "),
            (file => file["rejected"]![0]!["score"] = 99, ": it says rejected idea "),
            (file => file["rejected"]!.AsArray().RemoveAt(file["rejected"]!.AsArray().Count - 1), ", row 3: it says nothing, and the events come to rejected idea "),
            (file => file["selected"]![0]!["supporters"] = 99, "with 99 supporters, and the events come to "),
            (file => file["spent"] = 9, "9 spent, and the events come to "),
            (file => file["voters"] = 99, "99 voters, "),
            (file => file["totalScore"] = 99, "a total score of 99, and "),
            (file => file["share"]!["each"] = "99", "a share of 99, "),
            (file => file["rejected"]![0]!["missing"] = 99, "missing 99, and "),
            (file => file["selected"]![0]!["paid"]![0]!["voters"] = 99, ", payment 1: it says 99 voters paid "),
            (file => file["notConsidered"] = new JsonArray(new JsonObject { ["idea"] = "x", ["why"] = "no_cost" }), ", idea not considered 1: it says x: no_cost, and the events come to nothing"),
            (file => file["comparison"]![1]!["utility"] = 99, ", compared rule 2: it says greedy: "),
            (file => file["ballots"] = new string('a', 64), " counts ballots with the SHA-256 aaa"),
            (file => file["campaign"] = "village", " is of the campaign village, and the export of town"),
            (file => file["parameters"]!["fund"] = "26", " says fund 25, and names 26 among its parameters"),
        ];
        foreach (var (forge, why) in forgeries)
        {
            var file = Exported("equal-shares", "approvals");
            forge(file);
            (await VerifyAsync(file)).ShouldBe(1, $"{why} {cli.Out} {cli.Error}");
            cli.Out.ShouldContain(why);
            cli.Out.TrimEnd('\n').ShouldNotContain('\n');
        }
    }

    [Fact]
    public async Task What_a_file_does_not_name_is_given()
    {
        var file = Exported("greedy", "investments");
        var path = Csv(file, isNamed: false);

        (await cli.RunAsync("verify", Feed(), "--portfolio", path)).ShouldBe(2);
        cli.Error.ShouldContain("does not name its rule; give it with --rule");
        (await cli.RunAsync("verify", Feed(), "--portfolio", path, "--rule", "greedy", "--from", "investments")).ShouldBe(2);
        cli.Error.ShouldContain("does not say how large the fund is; give it with --fund");
        (await cli.RunAsync("verify", Feed(), "--portfolio", path, "--rule", "greedy", "--from", "investments", "--fund", "25.0")).ShouldBe(0, cli.Out + cli.Error);
        (await cli.RunAsync("verify", Feed(), "--portfolio", path, "--rule", "greedy", "--from", "ranks", "--fund", "25")).ShouldBe(1);
        (await cli.RunAsync("verify", Feed(), "--portfolio", path, "--rule", "luck", "--from", "ranks", "--fund", "25")).ShouldBe(2);
        (await cli.RunAsync("verify", Feed(), "--portfolio", Csv(file), "--rule", "knapsack")).ShouldBe(2);
        cli.Error.ShouldContain("has rule greedy, not knapsack");
        (await cli.RunAsync("verify", Feed(), "--portfolio", cli.File("no.csv", "a,b\n1,2\n"))).ShouldBe(2);
        (await cli.RunAsync("verify", Feed(), "--portfolio", cli.File("no.json", "{}"))).ShouldBe(2);
    }

    /// <summary>The portfolio as a server writes it.</summary>
    private JsonNode Exported(string rule, string from)
    {
        const decimal Fund = 25;
        CountFroms.TryParse(from, out var votes).ShouldBeTrue();
        var folded = new CampaignElection(votes);
        foreach (var (_, body) in election.Events)
            folded.Apply(Engine.Codec.EventReader.Read(System.Text.Encoding.UTF8.GetBytes(body)));
        // In the other order than the ids, so that ties need them.
        var references = folded.Ideas.OrderByDescending(idea => idea.Id).Select((idea, i) => (idea.Id, $"R{i}")).ToDictionary(each => each.Id, each => each.Item2);
        var projects = ElectionProjects.Of(folded, idea => references[idea.Id]);
        var counted = projects.ToElection(folded, Fund);
        var method = new FundingMethod(MethodNames.Rules[rule]);
        var ids = references.ToDictionary(each => each.Value, each => each.Key.ToString(), StringComparer.Ordinal);
        var body2 = PortfolioBody.Of(counted, Run(counted, method), payments: false, name => (ids[name], name, null)) with
        {
            Campaign = election.Key,
            From = from,
            Position = $"p{election.Events.Count}",
            Parameters = PortfolioTerms.Write(method, votes, Fund),
            Ballots = election.Head().Ballots,
            NotConsidered = [],
            Comparison = [.. MethodNames.Rules.Select(each => Row(each.Key, Run(counted, method with { Rule = each.Value })))],
        };
        return JsonSerializer.SerializeToNode(body2, ApiJson.Options)!;
    }

    private static ComparedMethod Run(Election counted, FundingMethod method) =>
        Allocator.TryRun(counted, method, out var portfolio, out var refusal) ? Comparison.Of(counted, portfolio) : throw new InvalidOperationException(refusal.Detail);

    private static ComparedBody Row(string name, ComparedMethod compared) =>
        new(name, compared.Portfolio.Selected.Length, compared.TotalScore, compared.WithoutAny, compared.Portfolio.Spent);

    private string Csv(JsonNode file, bool isNamed = true)
    {
        var rows = file["selected"]!.AsArray().Select(each => (Selected: 1, Idea: each!, Why: each!["why"]!))
            .Concat(file["rejected"]!.AsArray().Select(each => (Selected: 0, Idea: each!, Why: each!["lacked"]!)));
        var counted = $",{file["campaign"]},{file["position"]},{TermsText.Write(file["parameters"]!.AsObject().Select(each => KeyValuePair.Create(each.Key, each.Value!.GetValue<string>())))},{file["ballots"]}";
        var text = new System.Text.StringBuilder("selected,idea,reference,cost,score,reason").Append(isNamed ? ",campaign,position,parameters,ballots\n" : "\n");
        foreach (var (selected, idea, why) in rows)
        {
            text.Append(FormattableString.Invariant($"{selected},{idea["idea"]},{idea["reference"]},{idea["cost"]},{idea["score"]},{(why.GetValue<string>().Contains(',', StringComparison.Ordinal) ? $"\"{why}\"" : why)}{(isNamed ? counted : "")}\n"));
            counted = ",,,,";
        }
        return cli.File(isNamed ? "portfolio.csv" : "plain.csv", text.ToString());
    }

    private Task<int> VerifyAsync(JsonNode file) => cli.RunAsync("verify", Feed(), "--portfolio", cli.File("portfolio.json", file.ToJsonString()));

    private string Feed() => cli.File("feed.jsonl", string.Concat(election.Whole().Select(line => line + "\n")));
}
