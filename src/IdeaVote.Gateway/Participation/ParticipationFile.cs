using System.Buffers;
using System.Globalization;
using System.Text;
using IdeaVote.Domain.Projections;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Participation;

/// <summary>Writes who took part as CSV.</summary>
internal static class ParticipationFile
{
    /// <summary>A line for each day or week.</summary>
    public static byte[] Periods(IReadOnlyList<PeriodPart> periods)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("start,new_voters,active_voters,votes\n"u8);
        foreach (var period in periods)
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{period.Date:yyyy-MM-dd},{period.NewVoters},{period.ActiveVoters},{period.Votes}\n").AsSpan(), output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A line for each segment.</summary>
    /// <param name="segments">The segments; the name is null where nobody has given one.</param>
    public static byte[] Segments(IReadOnlyList<(string Id, string? Name, SegmentPart Part)> segments)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("segment,name,voters,votes\n"u8);
        foreach (var (id, name, part) in segments)
        {
            CsvCells.WriteText(output, id);
            output.Write(","u8);
            CsvCells.WriteText(output, name);
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{part.Voters},{part.Votes}\n").AsSpan(), output);
        }
        return output.WrittenSpan.ToArray();
    }
}
