using System.Buffers;

namespace IdeaVote.Engine.Tests;

/// <summary>Places in a feed of several partitions.</summary>
public sealed class PositionTests
{
    [Fact]
    public void The_start_includes_nothing_and_everything_includes_it()
    {
        Position.Start.IsStart.ShouldBeTrue();
        Position.Of("a", 0).ShouldBe(Position.Start);
        Position.Of([new("a", 0), new("b", -1)]).ShouldBe(Position.Start);
        Position.Of("a", 1).Includes(Position.Start).ShouldBeTrue();
        Position.Start.Includes(Position.Start).ShouldBeTrue();
        Position.Start.Includes(Position.Of("a", 1)).ShouldBeFalse();
        Position.Start.ToString().ShouldBe("start");
    }

    [Fact]
    public void One_includes_another_if_it_is_as_far_in_every_partition()
    {
        var there = Of(("a", 2), ("b", 3));

        there.Includes(Of(("a", 2))).ShouldBeTrue();
        there.Includes(Of(("b", 3), ("a", 1))).ShouldBeTrue();
        there.Includes(Of(("a", 3))).ShouldBeFalse();
        there.Includes(Of(("a", 1), ("c", 1))).ShouldBeFalse();
        (there.In("a"), there.In("b"), there.In("c")).ShouldBe((2, 3, 0));
        there.ToString().ShouldBe("a:2, b:3");
    }

    [Fact]
    public void The_join_of_two_is_the_least_that_includes_both()
    {
        Of(("a", 2), ("b", 3)).Join(Of(("b", 1), ("c", 4))).ShouldBe(Of(("c", 4), ("b", 3), ("a", 2)));
        Of(("a", 2)).Join(Position.Start).ShouldBe(Of(("a", 2)));
        Position.Start.Join(Of(("a", 2))).ShouldBe(Of(("a", 2)));
    }

    [Fact]
    public void Equal_places_are_equal_however_they_were_made()
    {
        var (one, two) = (Of(("b", 3), ("a", 2), ("z", 0)), Of(("a", 2), ("b", 3)));

        (one == two).ShouldBeTrue();
        one.GetHashCode().ShouldBe(two.GetHashCode());
        (one != Of(("a", 2), ("b", 4))).ShouldBeTrue();
        one.Equals((object)two).ShouldBeTrue();
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var position = Position.Of(Enumerable.Range(0, random.Next(40))
                .Select(number => new PartitionOffset($"{(round % 2 == 0 ? "campaign-" : "")}{number}", random.NextInt64(random.Next(2) == 0 ? 300 : long.MaxValue))));
            var bytes = Write(position);
            PositionBytes.TryRead(bytes, out var read).ShouldBeTrue();
            read.ShouldBe(position);
        }
        PositionBytes.TryRead(Write(Of(("a", long.MaxValue))), out var farthest).ShouldBeTrue();
        farthest.In("a").ShouldBe(long.MaxValue);
    }

    [Fact]
    public void The_length_does_not_tell_how_much_has_happened()
    {
        Write(Of(("a", 1))).Length.ShouldBe(Write(Of(("a", long.MaxValue))).Length);
        for (var partitions = 2; partitions <= 16; partitions++)
            Write(Position.Of(Enumerable.Range(0, partitions).Select(number => new PartitionOffset($"0123456789abcdefghjk-{number}", 1L << partitions)))).Length.ShouldBe(256);
    }

    [Fact]
    public void Bytes_that_are_none_are_refused()
    {
        var random = new Random(8);
        var good = Write(Of(("a", 1), ("b", 1_000)));
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = (byte[])good.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes.AsSpan(0, random.Next(bytes.Length + 1));
            if (!PositionBytes.TryRead(cut, out var read))
                continue;
            PositionBytes.TryRead(Write(read), out var again).ShouldBeTrue();
            again.ShouldBe(read);
        }
        PositionBytes.TryRead([], out _).ShouldBeFalse();
        PositionBytes.TryRead([2], out _).ShouldBeFalse();
    }

    private static Position Of(params (string Partition, long Offset)[] parts) =>
        Position.Of(parts.Select(part => new PartitionOffset(part.Partition, part.Offset)));

    private static byte[] Write(Position position)
    {
        var output = new ArrayBufferWriter<byte>();
        PositionBytes.Write(output, position);
        return output.WrittenSpan.ToArray();
    }
}
