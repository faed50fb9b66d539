using System.Text;

namespace IdeaVote.Cli.Pabulib;

/// <summary>Turns the bytes of a file into text, refusing what would come out garbled.</summary>
internal static class PbText
{
    /// <summary>The byte order mark, which editors put in front of a text and sometimes leave inside it.</summary>
    public const char Mark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="PbFormatException">The bytes are not UTF-8: names would be damaged silently.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart(Mark);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            throw new PbFormatException(line, "the file is not UTF-8 text; convert it to UTF-8 first");
        }
    }

    /// <summary>A field without the blanks and byte order marks around it.</summary>
    public static string Clean(string field)
    {
        var span = field.AsSpan().Trim();
        if (!span.IsEmpty && (span[0] == Mark || span[^1] == Mark))
            span = span.Trim(Mark).Trim();
        return span.Length == field.Length ? field : span.ToString();
    }
}
