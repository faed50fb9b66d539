using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>The unit for systemd: what it starts serves, and systemd has nothing to say against it.</summary>
public sealed partial class SystemdTests
{
    /// <summary>Names a folder of <c>dotnet publish</c> to take the server from; otherwise the tests' own is started.</summary>
    private const string PublishedVariable = "IDEAVOTE_PUBLISHED";

    private const double MaxExposure = 2.0;

    private static readonly string Unit = DeployFiles.Read("systemd/ideavote.service");

    [LinuxFact]
    public async Task What_the_unit_starts_serves_answers_its_health_check_and_ends_when_told()
    {
        using var folder = new TempFolder();
        var address = FreePort.Address();
        var words = Value("ExecStart").Split(' ');
        words[0].ShouldBe("/opt/ideavote/IdeaVote.Server");
        var (program, arguments) = (Program(), words[1..].Select(word => word.Replace("${STATE_DIRECTORY}", folder.Data, StringComparison.Ordinal).Replace("http://127.0.0.1:5080", address, StringComparison.Ordinal)));
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var pair in Value("Environment").Split(' ').Select(pair => pair.Split('=', 2)))
            start.Environment[pair[0]] = pair[1];
        start.Environment.Remove("IDEAVOTE_JOURNAL");
        using var process = new Process { StartInfo = start };
        var output = new ServerOutput(process);
        process.Start();
        try
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await Task.WhenAny(output.LineAsync("Listening on"), process.WaitForExitAsync());
            process.HasExited.ShouldBeFalse(output.All);
            using var client = ServerProcess.Connect(new Uri(address), null);
            using var ready = await client.GetAsync(new Uri("healthz/ready", UriKind.Relative));
            ready.StatusCode.ShouldBe(HttpStatusCode.OK);
            File.Exists(folder.DataFile("journal.db")).ShouldBeTrue();
            (await RunAsync(program, "healthcheck", "--urls", address)).Code.ShouldBe(0);

            Signals.SendTerminate(process.Id);
            await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
            process.ExitCode.ShouldBe(0, output.All);
            (await RunAsync(program, "healthcheck", "--urls", address)).ShouldSatisfyAllConditions(
                asked => asked.Code.ShouldBe(1), asked => asked.Output.ShouldStartWith("Not ready: "));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public void Its_variables_stand_in_the_example_and_the_example_sets_none()
    {
        Value("EnvironmentFile").ShouldBe("-/etc/ideavote/ideavote.env");
        DeployFiles.Read("systemd/ideavote.env.example").Split('\n').ShouldAllBe(line => line.Length == 0 || line.StartsWith('#'));
    }

    [SystemdFact]
    public async Task Systemd_finds_nothing_wrong_and_rates_it_well()
    {
        using var folder = new TempFolder();
        var unit = folder.File("ideavote.service");
        // The program and its guide are not installed here; whether their paths fit is asked above.
        File.WriteAllText(unit, Unit.Replace("/opt/ideavote/IdeaVote.Server", "/bin/true", StringComparison.Ordinal));

        var verified = await RunAsync("systemd-analyze", "verify", "--man=no", unit);
        verified.ShouldSatisfyAllConditions(run => run.Code.ShouldBe(0, run.Output), run => run.Output.ShouldNotContain("ideavote"));

        var rated = await RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", unit);
        var exposure = double.Parse(Exposure.Match(rated.Output).Groups["level"].Value, CultureInfo.InvariantCulture);
        exposure.ShouldBeLessThanOrEqualTo(MaxExposure, rated.Output);
    }

    [GeneratedRegex(@"exposure level for \S+: (?<level>[0-9.]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Exposure { get; }

    /// <summary>What the unit says.</summary>
    internal static string Value(string name) => Unit.Split('\n').Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    private static string Program() => Path.Combine(Environment.GetEnvironmentVariable(PublishedVariable) is { Length: > 0 } published ? published : AppContext.BaseDirectory, "IdeaVote.Server");

    internal static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return (process.ExitCode, await output + await errors);
    }
}
