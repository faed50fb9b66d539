using System.Text;

namespace IdeaVote.Benchmarks;

/// <summary>Whole ballots of three approvals each, a line each, through one streamed request.</summary>
internal static class BallotFigures
{
    private const int Ideas = 1_000;
    private const int Lines = 100_000;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        await using var world = await ServerWorld.StartAsync(Ideas);
        await world.PostAsync($"{ServerWorld.Campaign}/ballots", Ballots(0, Lines), "application/x-ndjson");
        List<double> speeds = [];
        for (var i = 1; i <= Rounds; i++)
        {
            var body = Ballots(i * Lines, Lines);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var answer = await world.PostAsync($"{ServerWorld.Campaign}/ballots", body, "application/x-ndjson");
            speeds.Add(Lines / watch.Elapsed.TotalSeconds);
            var counted = answer.Split('\n').Count(line => line.Contains("\"counted\"", StringComparison.Ordinal));
            if (counted != Lines)
                throw new InvalidOperationException($"{counted} of {Lines} ballots were counted.");
        }
        report.Title($"POST …/ballots: new ballots of three approvals each, {Lines:N0} lines a request");
        report.Line("lines", speeds, "/s");
        report.Note($"{"of 25,000/s",-58} {Report.Median(speeds) / 25_000,12:N2} ×          (aim: ≥ 1)");
    }

    private static string Ballots(int first, int count)
    {
        var lines = new StringBuilder(count * 90);
        for (var i = 0; i < count; i++)
        {
            var v = first + i;
            lines.Append($$"""{"line":{{i + 1}},"voter":"v{{v}}","approve":["ref:{{v % Ideas}}","ref:{{(v * 7 + 1) % Ideas}}","ref:{{(v * 13 + 2) % Ideas}}"]}""").Append('\n');
        }
        return lines.ToString();
    }
}
