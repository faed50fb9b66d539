using System.Buffers;
using System.Text.Json;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Sheets;

namespace IdeaVote.Gateway.Participation;

/// <summary>Writes who brought whom: all in one object, or a line for each invitation.</summary>
internal static class WordOfMouthFile
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    /// <summary>The bytes.</summary>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="counts">Who brought whom.</param>
    /// <param name="format">Any but a picture.</param>
    public static byte[] Write(string campaign, WordOfMouthCounts counts, LeaderboardFormat format) => format switch
    {
        LeaderboardFormat.Csv => Csv(counts),
        LeaderboardFormat.JsonLines => Lines(counts),
        LeaderboardFormat.Xlsx => Sheet(counts),
        _ => JsonSerializer.SerializeToUtf8Bytes(WordOfMouthBody.Of(campaign, counts), WordOfMouthJson.Default.WordOfMouthBody),
    };

    private static byte[] Csv(WordOfMouthCounts counts)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("voter,by,idea,at,voted_at,generation,counts\n"u8);
        foreach (var line in InvitationLine.Of(counts))
        {
            foreach (var text in (ReadOnlySpan<string?>)[line.Voter, line.By, line.Idea, Text(line.At), Text(line.VotedAt)])
            {
                CsvCells.WriteText(output, text);
                output.Write(","u8);
            }
            CsvCells.WriteNumber<int>(output, line.Generation);
            output.Write(line.Counts ? ",true\n"u8 : ",false\n"u8);
        }
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Lines(WordOfMouthCounts counts)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(output);
        foreach (var line in InvitationLine.Of(counts))
        {
            JsonSerializer.Serialize(json, line, WordOfMouthJson.Default.InvitationLine);
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
        }
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Sheet(WordOfMouthCounts counts)
    {
        using var output = new MemoryStream();
        using (var sheet = new SheetWriter(output, "Invitations", "voter", "by", "idea", "at", "voted_at", "generation", "counts"))
        {
            foreach (var line in InvitationLine.Of(counts))
                sheet.Write(line.Voter, line.By, line.Idea, Text(line.At), Text(line.VotedAt), line.Generation, line.Counts ? 1 : 0);
        }
        return output.ToArray();
    }

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString(Time, System.Globalization.CultureInfo.InvariantCulture);
}
