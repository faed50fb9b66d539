using System.Globalization;
using System.IO.Packaging;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IdeaVote.Sheets;

/// <summary>
/// Writes one table, and what it is about, as a spreadsheet (xlsx), row by row and without holding it. Texts are inline strings, so that no spreadsheet takes one for
/// a formula; numbers are numbers; the header stays in sight.
/// </summary>
public sealed class SheetWriter : IDisposable
{
    /// <summary>The content type of a spreadsheet.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The most characters of a cell; what is longer is cut.</summary>
    public const int MaxCellChars = 32_767;

    private readonly SpreadsheetDocument document;
    private readonly OpenXmlWriter rows;

    /// <summary>What the table is about, by name: a second sheet, called About. Empty for none.</summary>
    public IReadOnlyList<(string Name, string Value)> About { get; init; } = [];

    /// <summary>Begins a spreadsheet.</summary>
    /// <param name="output">Where it goes; seekable. It stays open.</param>
    /// <param name="name">The sheet's name.</param>
    /// <param name="header">The names of the columns.</param>
    public SheetWriter(Stream output, string name, params IReadOnlyList<string> header)
    {
        document = SpreadsheetDocument.Create(output, SpreadsheetDocumentType.Workbook);
        document.CompressionOption = CompressionOption.Normal;
        var workbook = document.AddWorkbookPart();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        workbook.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(
            new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = name }));
        rows = OpenXmlWriter.Create(sheet);
        rows.WriteStartElement(new Worksheet());
        rows.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        { WorkbookViewId = 0 }));
        rows.WriteStartElement(new SheetData());
        Write([.. header]);
    }

    /// <summary>Writes a row.</summary>
    /// <param name="cells">Texts, numbers, or null for an empty cell.</param>
    /// <exception cref="ArgumentException">A cell is something else.</exception>
    public void Write(params ReadOnlySpan<object?> cells)
    {
        rows.WriteStartElement(new Row());
        foreach (var cell in cells)
            rows.WriteElement(CellOf(cell));
        rows.WriteEndElement();
    }

    /// <summary>Ends the spreadsheet.</summary>
    public void Dispose()
    {
        rows.WriteEndElement();
        rows.WriteEndElement();
        rows.Dispose();
        if (About.Count > 0)
            WriteAbout();
        document.Dispose();
    }

    private void WriteAbout()
    {
        var workbook = document.WorkbookPart!;
        var part = workbook.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(About.Select(static each => new Row(CellOf(each.Name), CellOf(each.Value)))));
        workbook.Workbook.Sheets!.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 2, Name = "About" });
    }

    private static Cell CellOf(object? value) => value switch
    {
        null => new Cell(),
        string text => new Cell(new InlineString(new Text(Plain(text)) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString },
        int or long or decimal => new Cell(new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture))) { DataType = CellValues.Number },
        _ => throw new ArgumentException($"A cell can't be a {value.GetType().Name}.", nameof(value)),
    };

    // XML knows no other controls than these, and no half characters.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, MaxCellChars));
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > MaxCellChars)
                break;
            if (rune.Value is >= ' ' or '\t' or '\n' and not (0xFFFE or 0xFFFF))
                plain.Append(rune.ToString());
        }
        return plain.ToString();
    }
}
