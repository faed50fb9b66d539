using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Name = Text("ab Ż漢;\",'\n\r\té=5%", 12);
    private static readonly Gen<string> Id = Text("ab/. Ż-1;\"", 6).Where(id => id.Length > 0);

    private static readonly Gen<GivenProject> Project =
        from id in Id
        from name in Name
        from cost in Gen.Choose(0, 9_999_999)
        select new GivenProject(id, name, cost / 100m);

    private static readonly Gen<Given> Elections =
        from projects in Gen.NonEmptyListOf(Project)
        let distinct = projects.DistinctBy(project => project.Id, StringComparer.Ordinal).ToList()
        from ballots in Gen.ListOf(Gen.ListOf(Gen.Choose(0, distinct.Count - 1)))
        from style in Gen.Choose(0, 127)
        select new Given(distinct, [.. ballots.Select(ballot => ballot.Distinct().ToList())], style);

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back() =>
        Prop.ForAll(Arb.From(Elections), given =>
        {
            var election = PbParser.Parse(Write(given));

            election.Projects.Select(project => new GivenProject(project.Id, project.Name, project.Cost!.Value)).ShouldBe(given.Projects);
            election.Ballots.Select(ballot => ballot.Voter).ShouldBe(given.Ballots.Select((_, i) => $"voter {i}"));
            election.Ballots.Select(ballot => Show(ballot.Choices)).ShouldBe(given.Ballots.Select(ballot => Show(Expected(given, ballot))));
            election.Refused.ShouldBeEmpty();
            election.Warnings.ShouldBeEmpty();
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Text(string alphabet, int most) =>
        from length in Gen.Choose(0, most)
        from letters in Gen.ArrayOf(Gen.Elements(alphabet.ToCharArray()), length)
        select new string(letters).Trim();

    private static IEnumerable<PbChoice> Expected(Given given, List<int> ballot) =>
        ballot.Select((project, i) => new PbChoice(given.Projects[project].Id, given.Points ? i + 1 : 1));

    private static string Show(IEnumerable<PbChoice> choices) => string.Join('|', choices);

    private static byte[] Write(Given given)
    {
        var rows = new List<string[]> { Section(given, "META") };
        rows.Add(["key", "value"]);
        rows.Add(["vote_type", given.Points ? "cumulative" : "approval"]);
        rows.Add(Section(given, "PROJECTS"));
        rows.Add(given.Order(["project_id", "unknown", "cost", "name"]));
        rows.AddRange(given.Projects.Select(project => given.Order([project.Id, "?", given.Cost(project.Cost), project.Name])));
        rows.Add(Section(given, "VOTES"));
        rows.Add(given.Order(["voter_id", "age", "vote", "points"]));
        rows.AddRange(given.Ballots.Select((ballot, i) => given.Order(
        [
            $"voter {i}",
            "30",
            string.Join(',', ballot.Select(project => given.Projects[project].Id)),
            string.Join(',', ballot.Select((_, place) => place + 1)),
        ])));
        var text = string.Concat(rows.Select(row => string.Join(';', row.Select(field => Field(given, field))) + given.LineBreak));
        return [.. given.Mark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
    }

    private static string[] Section(Given given, string name) => [given.Mixed ? name[..1] + name[1..].ToLowerInvariant() : name];

    private static string Field(Given given, string value) =>
        given.QuoteAll || value.StartsWith('"') || value.AsSpan().ContainsAny(";\r\n")
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;

    private sealed record GivenProject(string Id, string Name, decimal Cost);

    private sealed record Given(List<GivenProject> Projects, List<List<int>> Ballots, int Style)
    {
        public bool Points => Has(1);

        public bool Mark => Has(2);

        public bool Mixed => Has(4);

        public bool QuoteAll => Has(8);

        public string LineBreak => (Has(16) ? "\r\n" : "\n") + (Has(32) ? "\n" : "");

        public string Cost(decimal cost) => Has(64) ? cost.ToString("0.00").Replace('.', ',') : cost.ToString("# ##0.##");

        public string[] Order(string[] row) => Has(4) ? [.. row.Reverse()] : row;

        private bool Has(int bit) => (Style & bit) != 0;
    }
}
