using System.Text.Json;

namespace IdeaVote.Gateway.Input;

/// <summary>Reads texts of JSON as UTF-8 without making strings of them.</summary>
internal static class JsonTexts
{
    /// <summary>
    /// The text the reader stands on, unescaped: usually the bytes as they came, else a copy in <paramref name="scratch"/>.
    /// </summary>
    /// <param name="reader">Stands on a string or a property's name.</param>
    /// <param name="scratch">Grown if it must be; the result may lie in it until the next call.</param>
    /// <exception cref="InvalidOperationException">The text is not valid Unicode.</exception>
    public static ReadOnlySpan<byte> Utf8(ref Utf8JsonReader reader, ref byte[] scratch)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
            return System.Text.Unicode.Utf8.IsValid(reader.ValueSpan)
                ? reader.ValueSpan
                : throw new InvalidOperationException("The text is not valid UTF-8.");
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        if (scratch.Length < length)
            scratch = new byte[length];
        return scratch.AsSpan(0, reader.CopyString(scratch.AsSpan()));
    }
}
