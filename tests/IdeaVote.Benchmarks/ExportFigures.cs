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
    private const int Rounds = 3;

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

        var path = new Uri($"{ServerWorld.Campaign}/ballots?format=csv", UriKind.Relative);
        var rows = (await world.Client.GetStringAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        var records = Array.ConvertAll(rows, row => new Row(row[0], row[1], row[2], row[3], row[4], row[5], row[6]));
        List<double> ours = [], theirs = [], ofRecords = [], first = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var stream = await world.Client.GetStreamAsync(path);
            // What comes before the first byte is the folding of the feed; what comes after, the writing.
            var buffer = new byte[128 * 1024];
            var read = await stream.ReadAsync(buffer);
            var folded = Stopwatch.GetElapsedTime(began).TotalSeconds;
            while (read > 0)
                read = await stream.ReadAsync(buffer);
            var all = Stopwatch.GetElapsedTime(began).TotalSeconds;

            began = Stopwatch.GetTimestamp();
            await using (var writer = new CsvWriter(new StreamWriter(Stream.Null, Encoding.UTF8), CultureInfo.InvariantCulture))
                foreach (var row in rows)
                {
                    foreach (var field in row)
                        writer.WriteField(field);
                    await writer.NextRecordAsync();
                }
            var plain = Stopwatch.GetElapsedTime(began).TotalSeconds;

            began = Stopwatch.GetTimestamp();
            await using (var writer = new CsvWriter(new StreamWriter(Stream.Null, Encoding.UTF8), CultureInfo.InvariantCulture))
                await writer.WriteRecordsAsync(records);
            var typed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (round == 0)
                continue;
            first.Add(folded);
            ours.Add(rows.Length / (all - folded));
            theirs.Add(rows.Length / plain);
            ofRecords.Add(rows.Length / typed);
        }
        report.Title($"GET …/ballots?format=csv: {rows.Length:N0} lines");
        report.Line("until the first byte (folding the feed)", first, "s");
        report.Line("lines written, over HTTP", ours, "/s");
        report.Line("CsvHelper, records from memory", ofRecords, "/s");
        report.Line("CsvHelper, fields that are texts already", theirs, "/s");
        report.Ratio("IdeaVote ÷ CsvHelper with records", ours, ofRecords, "≥ 0.6");
    }

    private sealed record Row(string Voter, string Idea, string Reference, string Method, string Value, string Segment, string First);
}
