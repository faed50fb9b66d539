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
