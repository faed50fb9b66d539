using System.Text;

namespace IdeaVote.Cli.Pabulib;

/// <summary>
/// Cuts the text into records of fields: CSV rules with <c>;</c>, line breaks CRLF, LF or CR, quotes only where a
/// field starts with one. A quote that opens a field and is never closed properly is plain text, so that one stray
/// quote does not swallow the rest of the file.
/// </summary>
/// <param name="text">The whole file.</param>
/// <param name="warn">Told about stray quotes.</param>
internal sealed class PbRecordReader(string text, Action<PbProblem> warn)
{
    private static readonly System.Buffers.SearchValues<char> FieldEnds = System.Buffers.SearchValues.Create(";\r\n");

    private readonly StringBuilder quoted = new();
    private int position;
    private int line = 1;

    /// <summary>The physical line, from 1, on which the current record starts.</summary>
    public int Line { get; private set; }

    /// <summary>The current record's fields, quotes resolved, blanks kept. Reused by the next read.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>Whether every field of the current record is blank.</summary>
    public bool IsBlank => Fields.TrueForAll(string.IsNullOrWhiteSpace);

    /// <summary>Reads the next record; false at the end of the text.</summary>
    public bool Read()
    {
        Fields.Clear();
        if (position >= text.Length)
            return false;
        Line = line;
        Fields.Add(ReadField());
        while (position < text.Length && text[position] == ';')
        {
            position++;
            Fields.Add(ReadField());
        }
        TakeLineBreak();
        return true;
    }

    private string ReadField()
    {
        if (position < text.Length && text[position] == '"' && TryReadQuoted(out var value))
            return value;
        var end = FieldEnd(position);
        value = text[position..end];
        position = end;
        return value;
    }

    private bool TryReadQuoted(out string value)
    {
        value = "";
        quoted.Clear();
        var from = position + 1;
        int close;
        while (true)
        {
            close = text.IndexOf('"', from);
            if (close < 0)
                return Stray();
            quoted.Append(text, from, close - from);
            if (close + 1 >= text.Length || text[close + 1] != '"')
                break;
            quoted.Append('"');
            from = close + 2;
        }
        var breaks = LineBreaks(text.AsSpan(position, close - position));
        var end = FieldEnd(close + 1);
        var rest = text.AsSpan(close + 1, end - close - 1);
        if (breaks > 0 && !rest.IsWhiteSpace())
            return Stray();
        value = quoted.Append(rest).ToString();
        line += breaks;
        position = end;
        return true;
    }

    private bool Stray()
    {
        warn(new PbProblem(line, "a quote is opened and not closed; it is taken as plain text"));
        return false;
    }

    private int FieldEnd(int from)
    {
        var length = text.AsSpan(from).IndexOfAny(FieldEnds);
        return length < 0 ? text.Length : from + length;
    }

    private void TakeLineBreak()
    {
        if (position >= text.Length)
            return;
        position += text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? 2 : 1;
        line++;
    }

    private static int LineBreaks(ReadOnlySpan<char> span)
    {
        var count = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i] == '\n' || (span[i] == '\r' && (i + 1 == span.Length || span[i + 1] != '\n')))
                count++;
        }
        return count;
    }
}
