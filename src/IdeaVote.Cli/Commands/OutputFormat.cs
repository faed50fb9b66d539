using System.CommandLine;

namespace IdeaVote.Cli.Commands;

/// <summary>The <c>--format</c> option of commands that print lists.</summary>
internal static class OutputFormat
{
    /// <summary>Columns for people.</summary>
    public const string Table = "table";

    /// <summary>Comma-separated values for spreadsheets.</summary>
    public const string Csv = "csv";

    /// <summary>JSON for programs.</summary>
    public const string Json = "json";

    /// <summary>A spreadsheet, which is a file.</summary>
    public const string Xlsx = "xlsx";

    /// <summary>Creates the option that says where a spreadsheet goes.</summary>
    public static Option<string> File() => new("--output") { Description = "With --format xlsx: the spreadsheet to write; replaced if it is there.", HelpName = "FILE" };

    /// <summary>Makes sure that a spreadsheet has a file to go to, and nothing else has.</summary>
    /// <exception cref="UsageException">It is not so.</exception>
    public static void Check(string format, string? file)
    {
        if (format == Xlsx && file is null)
            throw new UsageException("--format xlsx writes a file; name it with --output");
        if (format != Xlsx && file is not null)
            throw new UsageException("--output is for --format xlsx; other formats go to stdout");
    }

    /// <summary>Creates the option; the first format is the default.</summary>
    public static Option<string> Option(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = "How to print.",
            DefaultValueFactory = _ => formats[0],
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
