using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Sheets;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Writes a portfolio in each of its formats.</summary>
internal static class PortfolioWriter
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a portfolio as JSON.</summary>
    public static byte[] Json(PortfolioBody portfolio)
    {
        var output = new ArrayBufferWriter<byte>(1024 + (portfolio.Selected.Count + portfolio.Rejected.Count) * 256);
        using (var json = new Utf8JsonWriter(output, JsonOptions))
            JsonSerializer.Serialize(json, portfolio, PortfolioJson.Default.PortfolioBody);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The bytes of a portfolio as CSV: the selected first, each with why.</summary>
    public static byte[] Csv(PortfolioBody portfolio)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("selected,idea,reference,title,cost,score,reason"u8);
        var counted = new CountedCells(output, portfolio.Campaign, portfolio.Position, portfolio.Parameters, portfolio.Ballots);
        foreach (var idea in portfolio.Selected)
            Row(output, counted, 1, idea.Idea, idea.Reference, idea.Title, idea.Cost, idea.Score, idea.Why);
        foreach (var idea in portfolio.Rejected)
            Row(output, counted, 0, idea.Idea, idea.Reference, idea.Title, idea.Cost, idea.Score, idea.Lacked);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The bytes of a portfolio as a spreadsheet, with the same rows.</summary>
    public static byte[] Sheet(PortfolioBody portfolio)
    {
        using var output = new MemoryStream();
        using (var sheet = new SheetWriter(output, "Portfolio", "selected", "idea", "reference", "title", "cost", "score", "reason")
        {
            About = CountedCells.About(portfolio.Campaign, portfolio.Position, portfolio.Parameters, portfolio.Ballots),
        })
        {
            foreach (var idea in portfolio.Selected)
                sheet.Write(1, idea.Idea, idea.Reference, idea.Title, idea.Cost, idea.Score, idea.Why);
            foreach (var idea in portfolio.Rejected)
                sheet.Write(0, idea.Idea, idea.Reference, idea.Title, idea.Cost, idea.Score, idea.Lacked);
        }
        return output.ToArray();
    }

    private static void Row(
        ArrayBufferWriter<byte> output, CountedCells counted, int selected, string idea, string? reference, string? title, decimal cost, decimal score, string reason)
    {
        CsvCells.WriteNumber<int>(output, selected);
        output.Write(","u8);
        CsvCells.WriteText(output, idea);
        output.Write(","u8);
        CsvCells.WriteText(output, reference);
        output.Write(","u8);
        CsvCells.WriteText(output, title);
        output.Write(","u8);
        CsvCells.WriteNumber<decimal>(output, cost);
        output.Write(","u8);
        CsvCells.WriteNumber<decimal>(output, score);
        output.Write(","u8);
        CsvCells.WriteText(output, reason);
        counted.EndRow();
    }
}
