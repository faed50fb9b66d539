using System.Buffers;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>
/// The last cells of each line of a CSV file that names what it counts: four columns more, <c>campaign,position,parameters,ballots</c>, of
/// which only the first row has values. A file that does not name its ballots has no such columns.
/// </summary>
internal sealed class CountedCells
{
    private readonly IBufferWriter<byte> output;
    private readonly string[]? cells;
    private bool isBelow;

    /// <summary>Ends the header.</summary>
    public CountedCells(
        IBufferWriter<byte> output, string campaign, string position, IReadOnlyDictionary<string, string> parameters, string? ballots)
    {
        this.output = output;
        if (ballots is not null)
        {
            cells = [campaign, position, TermsText.Write(parameters), ballots];
            output.Write(",campaign,position,parameters,ballots"u8);
        }
        output.Write("\n"u8);
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        foreach (var cell in cells ?? [])
        {
            output.Write(","u8);
            if (!isBelow)
                CsvCells.WriteText(output, cell);
        }
        isBelow = true;
        output.Write("\n"u8);
    }

    /// <summary>The same for the second sheet of a spreadsheet; empty for one that does not name its ballots.</summary>
    public static IReadOnlyList<(string Name, string Value)> About(
        string campaign, string position, IReadOnlyDictionary<string, string> parameters, string? ballots) => ballots is null
        ? []
        : [("campaign", campaign), ("position", position), .. parameters.Select(static term => (term.Key, term.Value)), ("ballots", ballots)];
}
