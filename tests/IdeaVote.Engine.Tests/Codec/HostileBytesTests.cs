using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>Whatever the bytes, reading them ends in an event or in one kind of error.</summary>
public sealed class HostileBytesTests
{
    private static readonly byte[][] Lines = GoldenFile.Lines("events-v1.golden.jsonl");

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "0.5", "99999999999", "99999999999999999999", "1e400", "-1e-400", "256", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "[99]", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]", new string('[', 100), "\"00000000000000000000\"",
        "00000000000000000000", "12345678901234567890",
    ];

    private static readonly Gen<byte[]> Line = Gen.Elements(Lines);

    private static readonly Gen<byte[]> Mutant = Gen.OneOf(
        // A bit flipped.
        from line in Line
        from at in Gen.Choose(0, 8 * line.Length - 1)
        select Changed(line, at / 8, (byte)(line[at / 8] ^ (1 << (at % 8)))),
        // A byte replaced by one that means something.
        from line in Line
        from at in Gen.Choose(0, line.Length - 1)
        from with in Gen.Elements("{}[]\",:0-\\ \n\0\u00ff"u8.ToArray())
        select Changed(line, at, with),
        // A stretch left out, or doubled.
        from line in Line
        from start in Gen.Choose(0, line.Length - 1)
        from length in Gen.Choose(1, 40)
        from doubled in Gen.Elements(true, false)
        let end = Math.Min(line.Length, start + length)
        select doubled ? [.. line[..end], .. line[start..]] : (byte[])[.. line[..start], .. line[end..]],
        // The beginning of one and the end of another.
        from line in Line
        from other in Line
        from at in Gen.Choose(0, line.Length)
        from otherAt in Gen.Choose(0, other.Length)
        select (byte[])[.. line[..at], .. other[otherAt..]],
        // A value of another kind.
        from line in Line
        from number in Gen.Choose(0, 100)
        from value in Gen.Elements(Values)
        select WithValue(line, number, value),
        // Anything.
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf());

    [Fact]
    public void Reading_ends_in_an_event_or_in_a_format_error() =>
        Prop.ForAll(Mutant.ToArbitrary(), bytes =>
        {
            try
            {
                // What was read is sound enough to be written again.
                GoldenFile.Write(EventReader.Read(bytes));
            }
            catch (FormatException e)
            {
                e.Message.ShouldStartWith("Not an event this version can read (");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    [Fact]
    public void Every_field_of_every_event_holds_against_every_kind_of_value()
    {
        foreach (var line in Lines)
            for (var number = 0; number < Count(line, (byte)':'); number++)
                foreach (var value in Values)
                    ReadOrFormatError(WithValue(line, number, value));
    }

    [Fact]
    public void Whatever_is_cut_short_is_not_read()
    {
        foreach (var line in Lines)
            for (var length = 0; length < line.Length; length++)
                ReadOrFormatError(line[..length]).ShouldBeFalse(Encoding.UTF8.GetString(line[..length]));
    }

    [Fact]
    public void Whatever_goes_on_behind_the_event_is_not_read()
    {
        foreach (var line in Lines)
        {
            ReadOrFormatError([.. line, .. line]).ShouldBeFalse();
            ReadOrFormatError([.. line, (byte)'}']).ShouldBeFalse();
            ReadOrFormatError([.. line, 0]).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"e\":\"rating_changed\"}")]
    [InlineData("{\"e\":\"rating_changed\"")]
    public void What_is_no_event_is_not_read(string text) => ReadOrFormatError(Encoding.UTF8.GetBytes(text)).ShouldBeFalse();

    [Fact]
    public void An_event_of_a_newer_version_is_named()
    {
        var unknown = Encoding.UTF8.GetString(Lines[3]).Replace("campaign_described", "campaign_sang", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => EventReader.Read(Encoding.UTF8.GetBytes(unknown))).Message.ShouldContain("unknown event 'campaign_sang'");
    }

    [Fact]
    public void The_error_shows_the_beginning_of_the_bytes_only() =>
        Should.Throw<FormatException>(() => EventReader.Read(new byte[1_000_000])).Message.Length.ShouldBeLessThan(1_000);

    /// <summary>Whether it was read; any other error fails the test.</summary>
    private static bool ReadOrFormatError(byte[] bytes)
    {
        try
        {
            EventReader.Read(bytes);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Changed(byte[] line, int at, byte with)
    {
        byte[] changed = [.. line];
        changed[at] = with;
        return changed;
    }

    private static int Count(byte[] line, byte what) => line.Count(b => b == what);

    /// <summary>The line with the value behind its n-th colon replaced.</summary>
    private static byte[] WithValue(byte[] line, int number, string value)
    {
        var colons = Enumerable.Range(0, line.Length).Where(i => line[i] == ':').ToList();
        var start = colons[number % colons.Count] + 1;
        return [.. line[..start], .. Encoding.UTF8.GetBytes(value), .. line[End(line, start)..]];
    }

    private static int End(byte[] line, int at)
    {
        var depth = 0;
        for (; at < line.Length; at++)
        {
            if (line[at] is (byte)'{' or (byte)'[')
                depth++;
            else if (line[at] is (byte)'}' or (byte)']' && --depth < 0)
                break;
            else if (line[at] == ',' && depth == 0)
                break;
        }
        return at;
    }
}
