using Spectre.Console;

namespace IdeaVote.Cli.Output;

/// <summary>Prints tables as plain text: no colours, so that a pipe gets exactly what a terminal shows.</summary>
internal static class TableOutput
{
    // Without a terminal there is no edge to wrap at.
    private const int Unlimited = 10_000;

    /// <summary>Prints a table whose cells may come from anyone.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="width">The terminal's width in columns; null to never wrap.</param>
    /// <param name="columns">The header; a name that starts with <c>&gt;</c> is aligned right and loses the sign.</param>
    /// <param name="rows">The cells.</param>
    public static void Write(TextWriter output, int? width, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in columns)
        {
            var column = new TableColumn(new Text(name.TrimStart('>')));
            table.AddColumn(name.StartsWith('>') ? column.RightAligned() : column);
        }
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(TerminalText.Clean(cell))));
        var buffer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = width ?? Unlimited;
        console.Write(table);
        foreach (var line in buffer.ToString().Split('\n'))
        {
            if (line.AsSpan().Trim() is not [])
                output.WriteLine(line.AsSpan().TrimEnd());
        }
    }
}
