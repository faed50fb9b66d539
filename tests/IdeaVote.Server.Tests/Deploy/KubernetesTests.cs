namespace IdeaVote.Server.Tests.Deploy;

/// <summary>Kubernetes' objects fit together and ask for no more than they must.</summary>
public sealed class KubernetesTests
{
    private static readonly string[] ServerPorts = ["8080"];
    private static readonly string[] SiloPorts = ["8080", "11111", "30000"];

    public static TheoryData<string> Folders => ["kubernetes/server", "kubernetes/cluster", "kubernetes/overlays/server", "kubernetes/overlays/cluster"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_file_is_named_by_its_kustomization_and_every_name_is_a_file(string folder)
    {
        var kustomization = DeployFiles.Yaml($"{folder}/kustomization.yaml");
        var named = kustomization["resources"].Items.Select(item => item.Text).Concat(kustomization.Find("patches")?.Items.Select(patch => patch["path"].Text) ?? []).ToList();

        foreach (var name in named)
            Path.Exists(DeployFiles.PathOf($"{folder}/{name}")).ShouldBeTrue($"{folder}/{name}");
        Directory.EnumerateFiles(DeployFiles.PathOf(folder), "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml").ShouldBeSubsetOf(named);
    }

    [Theory]
    [InlineData("kubernetes/server/statefulset.yaml")]
    [InlineData("kubernetes/cluster/deployment.yaml")]
    public void The_pods_may_do_nothing_and_are_probed(string file)
    {
        var pod = DeployFiles.Yaml(file)["spec"]["template"]["spec"];
        var container = pod["containers"].Items.Single();
        var ports = container["ports"].Items.ToDictionary(port => port["name"].Text, port => port["containerPort"].Text);

        pod["automountServiceAccountToken"].Text.ShouldBe("false");
        pod["securityContext"]["runAsNonRoot"].Text.ShouldBe("true");
        pod["securityContext"]["runAsUser"].Text.ShouldBe("1654", "as the image");
        pod["securityContext"]["seccompProfile"]["type"].Text.ShouldBe("RuntimeDefault");
        container["securityContext"]["allowPrivilegeEscalation"].Text.ShouldBe("false");
        container["securityContext"]["readOnlyRootFilesystem"].Text.ShouldBe("true");
        container["securityContext"]["capabilities"]["drop"].Items.Single().Text.ShouldBe("ALL");
        container["resources"]["limits"]["memory"].Text.ShouldNotBeEmpty();
        ports.Values.ShouldBe(file.Contains("cluster", StringComparison.Ordinal) ? SiloPorts : ServerPorts);
        ports.Keys.ShouldContain(container["startupProbe"]["httpGet"]["port"].Text);
        container["livenessProbe"]["httpGet"]["path"].Text.ShouldBe("/healthz/live", "a server that is not ready must not be killed for it");
        foreach (var probe in new[] { "startupProbe", "readinessProbe" })
            container[probe]["httpGet"]["path"].Text.ShouldBe("/healthz/ready");
        // A read-only root: what is written to is a volume.
        container["volumeMounts"].Items.Select(mount => mount["mountPath"].Text).ShouldBe(["/data", "/tmp"]);
        // A silo is given a minute by its own host to hand its grains over.
        int.Parse(pod["terminationGracePeriodSeconds"].Text).ShouldBeGreaterThanOrEqualTo(file.Contains("cluster", StringComparison.Ordinal) ? 120 : 60);
    }

    [Fact]
    public void The_silos_arguments_are_ones_they_take()
    {
        var known = File.ReadAllText(Path.Combine(DeployFiles.Root, "src/IdeaVote.Silo/SiloCommand.cs"));
        var arguments = DeployFiles.Yaml("kubernetes/cluster/deployment.yaml")["spec"]["template"]["spec"]["containers"].Items.Single()["args"].Items.Select(item => item.Text)
            .Concat(DeployFiles.Yaml("compose/cluster/compose.yaml")["x-silo"]["command"].Items.Select(item => item.Text));

        foreach (var option in arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)))
            known.ShouldContain($"(\"{option}\")");
        var server = DeployFiles.Yaml("kubernetes/server/statefulset.yaml")["spec"]["template"]["spec"]["containers"].Items.Single()["args"].Items.Select(item => item.Text);
        ServerCommand.Create().Parse([.. server]).Errors.ShouldBeEmpty();
    }

    // Each holds a base.
    [KubectlTheory]
    [InlineData("kubernetes/overlays/server")]
    [InlineData("kubernetes/overlays/cluster")]
    public async Task Rendered_they_still_fit(string folder)
    {
        var rendered = await SystemdTests.RunAsync("kubectl", "kustomize", DeployFiles.PathOf(folder));
        rendered.Code.ShouldBe(0, rendered.Output);
        var objects = YamlNode.ParseAll(rendered.Output, folder).ToList();
        YamlNode Of(params string[] kinds) => objects.Single(found => kinds.Contains(found["kind"].Text));

        var workload = Of("StatefulSet", "Deployment");
        var labels = Pairs(workload["spec"]["template"]["metadata"]["labels"]);
        foreach (var selector in new[] { workload["spec"]["selector"]["matchLabels"], Of("Service")["spec"]["selector"], Of("PodDisruptionBudget")["spec"]["selector"]["matchLabels"], Of("NetworkPolicy")["spec"]["podSelector"]["matchLabels"] })
            Pairs(selector).ShouldBeSubsetOf(labels, selector.ToString());
        var container = workload["spec"]["template"]["spec"]["containers"].Items.Single();
        container["ports"].Items.Select(port => port["name"].Text).ShouldContain(Of("Service")["spec"]["ports"].Items.Single()["targetPort"].Text);
        workload["spec"]["template"]["spec"]["serviceAccountName"].Text.ShouldBe(Of("ServiceAccount")["metadata"]["name"].Text);
        if (objects.Find(found => found["kind"].Text == "HorizontalPodAutoscaler") is { } scaler)
            (scaler["spec"]["scaleTargetRef"]["kind"].Text, scaler["spec"]["scaleTargetRef"]["name"].Text).ShouldBe((workload["kind"].Text, workload["metadata"]["name"].Text));
        container["image"].Text.ShouldStartWith("registry.example.org/");
        container["env"].Items.Select(variable => variable["name"].Text).ShouldContain("IDEAVOTE_ADMIN_TOKEN", "a patch adds to the variables");
        Of("Ingress")["spec"]["rules"].Items.Single()["http"]["paths"].Items.Single()["backend"]["service"]["name"].Text.ShouldBe(Of("Service")["metadata"]["name"].Text);
        objects.Where(found => found["kind"].Text != "Namespace").ShouldAllBe(found => found["metadata"]["namespace"].Text == "ideavote");
    }

    private static IEnumerable<string> Pairs(YamlNode map) => map.Map.Select(pair => $"{pair.Key}={pair.Value.Text}");
}
