namespace IdeaVote.Server.Tests.Deploy;

/// <summary>The compose files: what they name is there, and what they start is locked down.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Stateful = ["postgres"];

    public static TheoryData<string> Files => ["compose/one-machine/compose.yaml", "compose/cluster/compose.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Everything_they_name_is_there(string file)
    {
        var compose = DeployFiles.Yaml(file);
        var folder = Path.GetDirectoryName(DeployFiles.PathOf(file))!;
        var (volumes, networks, secrets) = (Keys(compose, "volumes"), Keys(compose, "networks"), Keys(compose, "secrets"));

        foreach (var (name, service) in Services(compose))
        {
            if (service.Find("build") is { } build)
            {
                var context = Path.GetFullPath(Path.Combine(folder, build["context"].Text));
                context.ShouldBe(DeployFiles.Root, name);
                File.Exists(Path.Combine(context, build["dockerfile"].Text)).ShouldBeTrue(name);
            }
            foreach (var volume in service["volumes"].Items.Select(volume => volume.Text.Split(':')[0]))
                (volume.StartsWith('.') ? Path.Exists(Path.Combine(folder, volume)) : volumes.Contains(volume)).ShouldBeTrue($"{name}: {volume}");
            service["networks"].Items.Select(network => network.Text).ShouldBeSubsetOf(networks);
            (service.Find("secrets")?.Items.Select(secret => secret.Text) ?? []).ShouldBeSubsetOf(secrets);
            // An empty token is none that the server takes: what is not given must not be set at all.
            (service.Find("environment")?.Map.Values ?? []).ShouldAllBe(value => !value.Text.Contains(":-}", StringComparison.Ordinal));
            (service.Find("depends_on")?.Map.Keys ?? []).ShouldBeSubsetOf(Services(compose).Keys);
            foreach (var dependency in service.Find("depends_on")?.Map ?? new Dictionary<string, YamlNode>())
                Services(compose)[dependency.Key].Find("healthcheck").ShouldNotBeNull($"{name} waits for the health of {dependency.Key}");
        }
        // What is declared is used.
        var mounted = Services(compose).Values.SelectMany(service => service["volumes"].Items.Select(volume => volume.Text.Split(':')[0])).ToList();
        volumes.ShouldBeSubsetOf(mounted);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_may_do_more_than_it_must(string file)
    {
        foreach (var (name, service) in Services(DeployFiles.Yaml(file)))
        {
            service["security_opt"].Items.Select(option => option.Text).ShouldContain("no-new-privileges:true", name);
            service.TextOf("mem_limit").ShouldNotBeNull(name);
            service.TextOf("restart").ShouldBe("unless-stopped", name);
            service.TextOf("privileged").ShouldBeNull(name);
            service["image"].Text.ShouldNotEndWith(":latest");
            foreach (var port in service.Find("ports")?.Items ?? [])
                port.Text.ShouldStartWith("127.0.0.1:", Case.Sensitive, $"{name} is reached by a proxy");
            if (Stateful.Contains(name))
                continue;
            service.TextOf("read_only").ShouldBe("true", name);
            service["cap_drop"].Items.Single().Text.ShouldBe("ALL", name);
        }
    }

    [Fact]
    public void The_server_is_given_the_time_to_end_and_is_scraped_where_it_listens()
    {
        var server = DeployFiles.Yaml("compose/one-machine/compose.yaml")["services"]["ideavote"];
        server["stop_grace_period"].Text.ShouldBe("2m");
        server["ports"].Items.Single().Text.ShouldEndWith(":8080");

        var scrape = DeployFiles.Yaml("observability/prometheus.yml")["scrape_configs"].Items.Single();
        scrape["static_configs"].Items.Single()["targets"].Items.Single().Text.ShouldBe("ideavote:8080");
        scrape["job_name"].Text.ShouldBe("ideavote", "alerts ask for this job");
        scrape["authorization"]["credentials_file"].Text.ShouldBe("/run/secrets/metrics-token");
        var prometheus = DeployFiles.Yaml("compose/one-machine/compose.yaml")["services"]["prometheus"];
        prometheus["volumes"].Items.Select(volume => volume.Text.Split(':')[1]).ShouldContain(DeployFiles.Yaml("observability/prometheus.yml")["rule_files"].Items.Single().Text);
    }

    [Fact]
    public void Grafana_finds_its_dashboard_and_the_collector_listens_where_it_is_called()
    {
        var services = DeployFiles.Yaml("compose/one-machine/compose.yaml")["services"];
        var provider = DeployFiles.Yaml("observability/grafana/provisioning/dashboards/ideavote.yaml")["providers"].Items.Single();
        services["grafana"]["volumes"].Items.Select(volume => volume.Text).ShouldContain($"../../observability/grafana/dashboards:{provider["options"]["path"].Text}:ro");
        DeployFiles.Yaml("observability/grafana/provisioning/datasources/prometheus.yaml")["datasources"].Items.Single()["url"].Text.ShouldBe("http://prometheus:9090");

        var grpc = DeployFiles.Yaml("observability/otel-collector.yaml")["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"].Text;
        services["ideavote"]["environment"]["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"].Text.ShouldBe($"http://collector:{grpc.Split(':')[1]}");
        var collector = DeployFiles.Yaml("observability/otel-collector.yaml");
        foreach (var (name, pipeline) in collector["service"]["pipelines"].Map)
            foreach (var part in new[] { "receivers", "processors", "exporters" })
                pipeline[part].Items.Select(item => item.Text).ShouldBeSubsetOf(collector[part].Map.Keys, name);
    }

    [Fact]
    public void Secrets_that_are_made_beside_them_are_not_committed()
    {
        DeployFiles.Read("compose/.gitignore").Split('\n').ShouldBe([".env", "ideavote.env", "metrics-token", "admin-token", ""]);
    }

    private static Dictionary<string, YamlNode> Services(YamlNode compose) =>
        compose["services"].Map.ToDictionary(service => service.Key, service => service.Value.Merged);

    private static IReadOnlyList<string> Keys(YamlNode node, string name) => [.. node.Find(name)?.Map.Keys ?? []];
}
