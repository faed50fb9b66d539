using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;

namespace IdeaVote.Benchmarks;

/// <summary>The standing ballots as CSV over HTTP, a line for each vote, next to CsvHelper writing the same lines from memory.</summary>
internal static class ExportFigures
{
    private const int Ideas = 1_000;
    private const int Voters = 200_000;
    private const int VotesEach = 5;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        await using var world = await ServerWorld.StartAsync(Ideas);
        const int Lines = 20_000;
        for (var from = 0; from < Voters; from += Lines)
        {
            var body = new StringBuilder();
            for (var voter = from; voter < from + Lines; voter++)
            {
                var ideas = string.Join(',', Enumerable.Range(0, VotesEach).Select(vote => $"\"ref:{(voter * 7 + vote * 131) % Ideas}\""));
                body.Append($"{{\"voter\":\"{voter}\",\"approve\":[{ideas}]}}\n");
            }
            await world.PostAsync($"{ServerWorld.Campaign}/ballots", body.ToString(), "application/x-ndjson");
        }

        var path = $"{ServerWorld.Campaign}/ballots?format=csv";
        List<double> ours = [], whole = [], first = [], cold = [], coldFirst = [], theirs = [], ofRecords = [], grown = [];
        Download then;
        using (var peak = new MemoryPeak())
        {
            then = await DownloadAsync(world, path);
            report.Title($"GET …/ballots?format=csv: {then.Lines:N0} lines");
            report.Line("working set, growth at the most while folding and writing", [peak.Growth / 1e6], "MB");
            report.Line("live memory that stays for the next download", [peak.Kept / 1e6], "MB");
        }
        // As of a position before the newest, the ballots are folded from the first event each time.
        for (var round = 0; round <= Rounds; round++)
        {
            await world.PostAsync($"{ServerWorld.Campaign}/ballots", $"{{\"voter\":\"late {round}\",\"approve\":[\"ref:{round}\"]}}\n", "application/x-ndjson");
            using var peak = new MemoryPeak();
            var next = await DownloadAsync(world, path);
            grown.Add(peak.Growth / 1e6);
            var past = await DownloadAsync(world, $"{path}&position={then.Position}");
            if (round == 0)
                continue;
            first.Add(next.First);
            whole.Add(next.Lines / next.All);
            ours.Add(next.Lines / (next.All - next.First));
            coldFirst.Add(past.First);
            cold.Add(past.Lines / past.All);
        }
        report.Line("working set, growth at the most with the ballots kept", grown, "MB");
        Compare(await world.Client.GetStringAsync(new Uri(path, UriKind.Relative)), theirs, ofRecords);

        report.Line("folded from the first event: until the first byte", coldFirst, "s");
        report.Line("folded from the first event: lines, all in all", cold, "/s");
        report.Line("downloaded before, one vote since: until the first byte", first, "s");
        report.Line("downloaded before, one vote since: lines, all in all", whole, "/s");
        report.Line("lines after the first byte", ours, "/s");
        report.Line("CsvHelper, records from memory", ofRecords, "/s");
        report.Line("CsvHelper, fields that are texts already", theirs, "/s");
        report.Ratio("folded from the first event ÷ CsvHelper with records", cold, ofRecords, "none");
        report.Ratio("downloaded before, all in all ÷ CsvHelper with records", whole, ofRecords, "≥ 0.6");
        report.Ratio("after the first byte ÷ CsvHelper with records", ours, ofRecords, "≥ 0.6");
    }

    /// <summary>Reads a file as fast as it comes and keeps nothing of it.</summary>
    private static async Task<Download> DownloadAsync(ServerWorld world, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[128 * 1024];
        var read = await stream.ReadAsync(buffer);
        var first = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // But for the names of the columns.
        var lines = -1;
        for (; read > 0; read = await stream.ReadAsync(buffer))
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return new Download(lines, first, Stopwatch.GetElapsedTime(began).TotalSeconds, response.Headers.GetValues("IdeaVote-Position").First());
    }

    /// <summary>Lets CsvHelper write the same lines from memory.</summary>
    private static void Compare(string file, List<double> theirs, List<double> ofRecords)
    {
        var rows = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToArray();
        var records = Array.ConvertAll(rows, row => new Row(row[0], row[1], row[2], row[3], row[4], row[5], row[6]));
        for (var round = 0; round <= Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using (var writer = new CsvWriter(new StreamWriter(Stream.Null, Encoding.UTF8), CultureInfo.InvariantCulture))
            {
                foreach (var row in rows)
                {
                    foreach (var field in row)
                        writer.WriteField(field);
                    writer.NextRecord();
                }
            }
            var plain = Stopwatch.GetElapsedTime(began).TotalSeconds;

            began = Stopwatch.GetTimestamp();
            using (var writer = new CsvWriter(new StreamWriter(Stream.Null, Encoding.UTF8), CultureInfo.InvariantCulture))
                writer.WriteRecords(records);
            var typed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (round == 0)
                continue;
            theirs.Add(rows.Length / plain);
            ofRecords.Add(rows.Length / typed);
        }
    }

    /// <summary>A file that was read.</summary>
    /// <param name="Lines">How many votes it holds.</param>
    /// <param name="First">How long the first byte took, in seconds.</param>
    /// <param name="All">How long all of it took, in seconds.</param>
    /// <param name="Position">The position it is as of.</param>
    private sealed record Download(int Lines, double First, double All, string Position);

    private sealed record Row(string Voter, string Idea, string Reference, string Method, string Value, string Segment, string First);
}
