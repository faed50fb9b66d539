using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdeaVote.Sheets;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Writes a leaderboard in each of its formats.</summary>
internal static class LeaderboardWriter
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a leaderboard.</summary>
    public static byte[] Write(LeaderboardBody board, LeaderboardFormat format)
    {
        if (format == LeaderboardFormat.Xlsx)
            return Sheet(board);
        var output = new ArrayBufferWriter<byte>(256 + board.Rows.Count * 128);
        switch (format)
        {
            case LeaderboardFormat.Csv:
                WriteCsv(output, board);
                break;
            case LeaderboardFormat.JsonLines:
                WriteLines(output, board);
                break;
            case LeaderboardFormat.Svg:
                Encoding.UTF8.GetBytes(LeaderboardChart.Draw(board).AsSpan(), output);
                break;
            default:
                using (var json = new Utf8JsonWriter(output, JsonOptions))
                    JsonSerializer.Serialize(json, board, LeaderboardJson.Default.LeaderboardBody);
                break;
        }
        return output.WrittenSpan.ToArray();
    }

    private static void WriteLines(ArrayBufferWriter<byte> output, LeaderboardBody board)
    {
        using var json = new Utf8JsonWriter(output, JsonOptions);
        foreach (var row in board.Rows)
        {
            JsonSerializer.Serialize(json, row, LeaderboardJson.Default.RankedIdea);
            EndLine();
        }
        if (board.Ballots is not { } ballots)
            return;
        JsonSerializer.Serialize(
            json, new CountedLine(new CountedBody(board.Campaign, board.By, board.Position, board.Parameters, ballots)), LeaderboardJson.Default.CountedLine);
        EndLine();

        void EndLine()
        {
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
        }
    }

    private static byte[] Sheet(LeaderboardBody board)
    {
        using var output = new MemoryStream();
        using (var sheet = new SheetWriter(output, "Leaderboard", "rank", "idea", "reference", "title", "score", "votes", "weighted", "low", "high")
        {
            About = CountedCells.About(board.Campaign, board.Position, board.Parameters, board.Ballots),
        })
        {
            foreach (var row in board.Rows)
                sheet.Write(row.Rank, row.Idea, row.Reference, row.Title, row.Score, row.Votes, row.Weighted, row.Interval?.Low, row.Interval?.High);
        }
        return output.ToArray();
    }

    private static void WriteCsv(ArrayBufferWriter<byte> output, LeaderboardBody board)
    {
        output.Write("rank,idea,reference,title,score,votes,weighted,low,high"u8);
        var counted = new CountedCells(output, board.Campaign, board.Position, board.Parameters, board.Ballots);
        foreach (var row in board.Rows)
        {
            CsvCells.WriteNumber<int>(output, row.Rank);
            output.Write(","u8);
            CsvCells.WriteText(output, row.Idea);
            output.Write(","u8);
            CsvCells.WriteText(output, row.Reference);
            output.Write(","u8);
            CsvCells.WriteText(output, row.Title);
            output.Write(","u8);
            CsvCells.WriteNumber(output, row.Score);
            output.Write(","u8);
            CsvCells.WriteNumber<int>(output, row.Votes);
            output.Write(","u8);
            CsvCells.WriteNumber(output, row.Weighted);
            output.Write(","u8);
            CsvCells.WriteNumber(output, row.Interval?.Low);
            output.Write(","u8);
            CsvCells.WriteNumber(output, row.Interval?.High);
            counted.EndRow();
        }
    }
}
