using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>The images' recipes, as far as they can be checked without an engine: no image is built here.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string, string> Files => new() { { "server/Dockerfile", "IdeaVote.Server" }, { "silo/Dockerfile", "IdeaVote.Silo" } };

    [Theory]
    [MemberData(nameof(Files))]
    public void They_publish_a_project_that_is_there_and_run_it_as_nobody_without_a_shell(string file, string project)
    {
        var lines = Instructions(file);

        Directory.Exists(Path.Combine(DeployFiles.Root, "src", project)).ShouldBeTrue();
        lines.ShouldContain(line => line.StartsWith("RUN dotnet restore src/" + project, StringComparison.Ordinal));
        var final = lines[(lines.FindLastIndex(line => line.StartsWith("FROM ", StringComparison.Ordinal)))..];
        final[0].ShouldEndWith("-chiseled");
        // Nothing of these needs a shell, for there is none.
        final.ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal));
        foreach (var instruction in new[] { "ENTRYPOINT ", "CMD ", "HEALTHCHECK " })
            final.Single(line => line.StartsWith(instruction, StringComparison.Ordinal)).ShouldContain("[\"");
        final.Single(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER 1654");
        final.Single(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)).ShouldBe($"ENTRYPOINT [\"dotnet\", \"/app/{project}.dll\"]");
        final.Single(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)).ShouldEndWith($"CMD [\"dotnet\", \"/app/{project}.dll\", \"healthcheck\"]");
        final.ShouldContain("VOLUME /data");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Their_ports_are_those_the_program_listens_on(string file, string project)
    {
        var lines = Instructions(file);
        var exposed = lines.Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' ')[1..];

        lines.Single(line => line.StartsWith("ENV ", StringComparison.Ordinal)).ShouldContain($"ASPNETCORE_URLS=http://+:{exposed[0]}");
        // What silos are told by nothing else is their default.
        var defaults = project == "IdeaVote.Silo" ? PortDefault.Matches(File.ReadAllText(Path.Combine(DeployFiles.Root, "src/IdeaVote.Silo/SiloCommand.cs"))).Select(match => match.Groups["port"].Value.Replace("_", "", StringComparison.Ordinal)) : [];
        exposed[1..].ShouldBe(defaults);
    }

    [Fact]
    public void The_servers_arguments_are_ones_it_takes()
    {
        var command = Words("server/Dockerfile", "CMD ");

        ServerCommand.Create().Parse(command).Errors.ShouldBeEmpty();
        ServerCommand.Create().Parse(["healthcheck"]).Errors.ShouldBeEmpty();
        command.ShouldBe(["--data", "/data"]);
    }

    [Fact]
    public void What_is_not_needed_to_build_is_not_sent_there_and_what_is_needed_is()
    {
        var ignored = File.ReadAllLines(Path.Combine(DeployFiles.Root, ".dockerignore"));

        ignored.ShouldContain("**/bin");
        ignored.ShouldContain("**/obj");
        ignored.ShouldContain(".git");
        ignored.ShouldNotContain("src");
        // The portal's pictures are for the README alone.
        File.ReadAllText(Path.Combine(DeployFiles.Root, "src/IdeaVote.Portal/IdeaVote.Portal.csproj")).ShouldNotContain("Screenshots");
    }

    [Theory]
    [InlineData("http://+:8080", "http://127.0.0.1:8080/healthz/ready")]
    [InlineData("http://*:80;https://[::]:443", "http://127.0.0.1/healthz/ready")]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080/healthz/ready")]
    [InlineData("https://[::]:443", "https://127.0.0.1/healthz/ready")]
    [InlineData("http://localhost:5080", "http://localhost:5080/healthz/ready")]
    public void The_health_check_asks_where_the_server_listens(string urls, string expected) => HealthcheckCommand.Target(urls).ShouldBe(new Uri(expected));

    [GeneratedRegex("""(?:-port"\).*DefaultValueFactory = _ => )(?<port>[0-9_]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PortDefault { get; }

    private static string[] Words(string file, string instruction) =>
        [.. Regex.Matches(Instructions(file).Last(line => line.StartsWith(instruction, StringComparison.Ordinal)), "\"(?<word>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["word"].Value)];

    /// <summary>The instructions, each on one line and without comments.</summary>
    private static List<string> Instructions(string file) =>
        [.. DeployFiles.Read(file).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
}
