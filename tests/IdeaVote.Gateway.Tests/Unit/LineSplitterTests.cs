using System.Buffers;
using System.Text;
using IdeaVote.Gateway.Ballots;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("a\nbb\nccc\n")]
    [InlineData("a\r\nbb\r\n  ccc\t\r\n")]
    [InlineData("\uFEFFa\nbb\nccc")]
    public void Lines_come_one_by_one_however_the_bytes_are_cut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        for (var chunk = 1; chunk <= bytes.Length; chunk++)
            Split(bytes, chunk).ShouldBe(["1:a", "2:bb", "3:ccc"], $"in chunks of {chunk}");
    }

    [Fact]
    public void Empty_lines_count_as_lines() => Split("a\n\n\nb\n"u8.ToArray(), 1).ShouldBe(["1:a", "2:", "3:", "4:b"]);

    [Fact]
    public void Nothing_is_no_line() => Split([], 1).ShouldBeEmpty();

    [Theory]
    [InlineData(1_000)]
    [InlineData(LineSplitter.MaxLineBytes)]
    [InlineData(10_000_000)]
    public void A_line_that_is_too_long_is_told_once_and_costs_no_other_line(int chunk)
    {
        byte[] bytes = [.. "before\n"u8, .. new byte[3 * LineSplitter.MaxLineBytes], .. "\nafter\n"u8, .. new byte[LineSplitter.MaxLineBytes + 1]];

        Split(bytes, chunk).ShouldBe(["1:before", "2:too long", "3:after", "4:too long"]);
    }

    [Fact]
    public void The_longest_line_is_taken()
    {
        var longest = Encoding.ASCII.GetBytes(new string('x', LineSplitter.MaxLineBytes) + "\n");

        Split(longest, longest.Length).Single().Length.ShouldBe(LineSplitter.MaxLineBytes + 2);
        Split(longest, 4_096).Single().Length.ShouldBe(LineSplitter.MaxLineBytes + 2);
    }

    /// <summary>Feeds the bytes in chunks, as a pipe would: what is not taken comes again with more behind it.</summary>
    private static List<string> Split(byte[] bytes, int chunk)
    {
        var splitter = new LineSplitter();
        var found = new List<string>();
        var start = 0;
        for (var end = Math.Min(chunk, bytes.Length); ; end = Math.Min(end + chunk, bytes.Length))
        {
            var received = Cut(bytes.AsMemory(start, end - start), chunk);
            while (splitter.TryTake(ref received, out var line) is var what && what != LineSplitter.Found.Nothing)
                found.Add($"{splitter.Number}:{(what == LineSplitter.Found.TooLong ? "too long" : Encoding.UTF8.GetString(line))}");
            if (end == bytes.Length)
            {
                if (splitter.TryTakeRest(ref received, out var rest))
                    found.Add($"{splitter.Number}:{Encoding.UTF8.GetString(rest)}");
                received.IsEmpty.ShouldBeTrue();
                return found;
            }
            start = end - (int)received.Length;
        }
    }

    /// <summary>Makes a sequence of as many segments as a slow connection would.</summary>
    private static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> bytes, int chunk)
    {
        var first = new Segment(bytes[..Math.Min(chunk, bytes.Length)], 0);
        var last = first;
        for (var start = chunk; start < bytes.Length; start += chunk)
            last = last.Append(bytes.Slice(start, Math.Min(chunk, bytes.Length - start)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
