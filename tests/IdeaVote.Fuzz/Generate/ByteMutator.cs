using System.Text;

namespace IdeaVote.Fuzz.Generate;

/// <summary>Makes other bytes out of bytes: some changed, cut out, doubled, put in, moved, a field replaced, or all behind a place gone.</summary>
internal static class ByteMutator
{
    private static readonly byte[][] Pieces =
    [
        "\n"u8.ToArray(), "\r"u8.ToArray(), "\r\n"u8.ToArray(), ";"u8.ToArray(), ","u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "\0"u8.ToArray(),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], "META\n"u8.ToArray(), "VOTES\n"u8.ToArray(), "PROJECTS\n"u8.ToArray(), "null"u8.ToArray(), "1e999"u8.ToArray(),
    ];

    /// <summary>Something else.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> bytes, Random random)
    {
        var changed = new List<byte>(bytes.Length + 256);
        changed.AddRange(bytes);
        for (var times = random.OneIn(3) ? random.Next(1, 8) : 1; times > 0; times--)
            Change(changed, random);
        return [.. changed];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, random.Next(1, random.OneIn(2) ? 4 : 200));
        switch (random.Next(10))
        {
            case 0 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.OneIn(2) ? at : random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, random.Pick(Pieces));
                break;
            case 5:
                var piece = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(random.Next(bytes.Count + 1), piece);
                break;
            case 6 when random.OneIn(4):
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7 when random.OneIn(4):
                bytes.Insert(at, (byte)random.Next(256));
                break;
            default:
                ReplaceField(bytes, at, random);
                break;
        }
    }

    // What stands between two separators of CSV, of a .pb file or of JSON, which is what readers take for one value.
    private static void ReplaceField(List<byte> bytes, int at, Random random)
    {
        var (begin, end) = (at, at);
        while (begin > 0 && !IsSeparator(bytes[begin - 1]))
            begin--;
        while (end < bytes.Count && !IsSeparator(bytes[end]))
            end++;
        bytes.RemoveRange(begin, end - begin);
        bytes.InsertRange(begin, Encoding.UTF8.GetBytes(Values.Next(random)));
    }

    private static bool IsSeparator(byte value) => value is (byte)'\n' or (byte)'\r' or (byte)';' or (byte)',' or (byte)'"' or (byte)':' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']';
}
