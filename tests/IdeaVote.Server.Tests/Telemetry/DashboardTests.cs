using System.Text.Json;
using System.Text.RegularExpressions;
using IdeaVote.Server.Tests.Deploy;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>Every query of the dashboard and of the alerts asks for what a real server tells.</summary>
[Collection(ObservedServers.Name)]
public sealed partial class DashboardTests(ObservedServer observed)
{
    // Prometheus adds these itself, to all that it scrapes.
    private static readonly string[] ScrapeLabels = ["instance", "job", "le"];

    private static readonly JsonElement Dashboard = JsonElement.Parse(DeployFiles.Read("observability/grafana/dashboards/ideavote.json"));
    private static readonly YamlNode Alerts = DeployFiles.Yaml("observability/alerts.yaml");

    [Fact]
    public void The_dashboard_asks_only_for_metrics_and_labels_that_a_server_has()
    {
        var queries = Panels().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .Concat(Dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray().Select(annotation => annotation.GetProperty("expr").GetString()!))
            .Concat(Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
                .Where(variable => variable.GetProperty("type").GetString() == "query").Select(variable => variable.GetProperty("query").GetProperty("query").GetString()!))
            .ToList();

        queries.Count.ShouldBeGreaterThan(40);
        foreach (var query in queries)
            ShouldBeAnswered(query);
    }

    [Fact]
    public void The_alerts_ask_only_for_metrics_and_labels_that_a_server_has()
    {
        foreach (var rule in Rules())
            ShouldBeAnswered(rule["expr"].Text);
    }

    [Fact]
    public void What_the_server_tells_of_itself_is_all_on_the_dashboard()
    {
        var shown = Panels().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => PromQl.Parse(target.GetProperty("expr").GetString()!).Metrics).Select(metric => observed.Plain.FamilyOf(metric.Name)).ToHashSet();

        observed.Plain.Families.Keys.Where(family => family.StartsWith("ideavote_", StringComparison.Ordinal)).Except(shown!).ShouldBeEmpty();
    }

    [Fact]
    public void Every_panel_says_what_it_shows_and_has_a_place_of_its_own()
    {
        var panels = Panels().ToList();
        var places = new HashSet<(int X, int Y)>();
        foreach (var panel in panels)
        {
            var title = panel.GetProperty("title").GetString()!;
            panel.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace(title);
            panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString().ShouldNotBeNullOrWhiteSpace(title);
            var place = panel.GetProperty("gridPos");
            int Of(string name) => place.GetProperty(name).GetInt32();
            for (var x = Of("x"); x < Of("x") + Of("w"); x++)
                for (var y = Of("y"); y < Of("y") + Of("h"); y++)
                    places.Add((x, y)).ShouldBeTrue($"{title} lies on another panel");
        }
        places.ShouldAllBe(place => place.X < 24);
        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
    }

    [Fact]
    public void Every_alert_says_what_is_noticed_what_it_means_and_what_to_do_and_the_runbook_knows_it()
    {
        var headings = Heading.Matches(DeployFiles.Read("observability/RUNBOOK.md")).Select(match => match.Groups["name"].Value).ToList();
        var rules = Rules().ToList();

        foreach (var rule in rules)
        {
            var name = rule["alert"].Text;
            foreach (var part in new[] { "summary", "description", "action" })
                rule["annotations"][part].Text.ShouldNotBeNullOrWhiteSpace(name);
            rule["annotations"]["runbook"].Text.ShouldBe($"RUNBOOK.md#{name.ToLowerInvariant()}");
            rule["labels"]["severity"].Text.ShouldBeOneOf("page", "ticket");
            // Placeholders name labels that the result still has.
            foreach (Match label in LabelOf.Matches(rule["annotations"]["summary"].Text))
                LabelsOfResult(rule["expr"].Text).ShouldContain(label.Groups["name"].Value, name);
        }
        headings.ShouldBe(rules.Select(rule => rule["alert"].Text), ignoreOrder: true);
    }

    [GeneratedRegex("^## (?<name>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"\$labels\.(?<name>[a-z_]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LabelOf { get; }

    private static IEnumerable<JsonElement> Panels() =>
        Dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row");

    private static IEnumerable<YamlNode> Rules() => Alerts["groups"].Items.SelectMany(group => group["rules"].Items);

    private void ShouldBeAnswered(string query)
    {
        var parsed = PromQl.Parse(query);
        parsed.Metrics.ShouldNotBeEmpty(query);
        foreach (var (name, labels) in parsed.Metrics)
            labels.Except(LabelsOf(name, query)).ShouldBeEmpty(query);
        parsed.Grouping.Except(parsed.Metrics.SelectMany(metric => LabelsOf(metric.Name, query))).ShouldBeEmpty(query);
    }

    private IEnumerable<string> LabelsOfResult(string query)
    {
        var parsed = PromQl.Parse(query);
        return parsed.Grouping.Count > 0 ? parsed.Grouping : parsed.Metrics.SelectMany(metric => LabelsOf(metric.Name, query));
    }

    private string[] LabelsOf(string metric, string query)
    {
        // Whether a scrape succeeded is Prometheus' own knowledge.
        if (metric == "up")
            return ScrapeLabels;
        var samples = observed.Plain.Of(metric).ToList();
        samples.ShouldNotBeEmpty($"no server has {metric}: {query}");
        return [.. samples.SelectMany(sample => sample.Labels.Keys).Concat(ScrapeLabels).Distinct()];
    }
}
