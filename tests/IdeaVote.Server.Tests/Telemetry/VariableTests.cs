using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>What the variables of the environment switch.</summary>
public sealed class VariableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", "traces metrics logs")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://tempo:4317", "traces")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_METRICS_EXPORTER=none", "traces logs")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_SDK_DISABLED=TRUE", "")]
    public void The_standard_variables_say_what_is_sent(string variables, string expected)
    {
        var known = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var signals = new OtlpSignals(known.GetValueOrDefault);

        string.Join(' ', new[] { (signals.Traces, "traces"), (signals.Metrics, "metrics"), (signals.Logs, "logs") }.Where(pair => pair.Item1).Select(pair => pair.Item2)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("IDEAVOTE_METRICS", "everybody")]
    [InlineData("IDEAVOTE_LOG_FORMAT", "xml")]
    public async Task A_value_that_makes_no_sense_stops_the_start_with_one_line_that_names_the_variable(string name, string value)
    {
        using var folder = new TempFolder();

        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data) { Variables = new Dictionary<string, string> { [name] = value } });

        exit.Code.ShouldBe(1);
        exit.Errors.TrimEnd().ShouldStartWith($"IdeaVote stops: {name} is ");
        exit.Errors.TrimEnd().ShouldNotContain("\n");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }
}
