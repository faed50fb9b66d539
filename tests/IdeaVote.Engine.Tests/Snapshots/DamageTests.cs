using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Tests.Snapshots;

/// <summary>A damaged snapshot is found out before it becomes a wrong vote.</summary>
public sealed class DamageTests
{
    public static TheoryData<string, byte[]> Snapshots => new()
    {
        { nameof(AggregateKind.Campaign), AggregateSnapshots.Write(Extremes.States[0].State) },
        { nameof(AggregateKind.Campaign), AggregateSnapshots.Write(Extremes.States[4].State) },
        { nameof(AggregateKind.Idea), AggregateSnapshots.Write(Extremes.States[1].State) },
        { nameof(AggregateKind.Voter), AggregateSnapshots.Write(Extremes.States[2].State) },
        { nameof(AggregateKind.Thread), AggregateSnapshots.Write(Extremes.States[3].State) },
        { nameof(AggregateKind.Voter), AggregateSnapshots.Write(Voter.None) },
        { nameof(Board), BoardSnapshots.Write(Extremes.Board) },
    };

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void Every_single_flipped_bit_is_found(string kind, byte[] snapshot)
    {
        Reads(kind, snapshot).ShouldBeTrue();
        for (var bit = 0; bit < 8 * snapshot.Length; bit++)
        {
            byte[] damaged = [.. snapshot];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Reads(kind, damaged).ShouldBeFalse($"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void Whatever_is_missing_or_too_much_is_found(string kind, byte[] snapshot)
    {
        for (var length = 0; length < snapshot.Length; length++)
            Reads(kind, snapshot[..length]).ShouldBeFalse($"{length} of {snapshot.Length} bytes");
        Reads(kind, [.. snapshot, 0]).ShouldBeFalse();
    }

    [Fact]
    public void A_snapshot_of_nothing_is_none_at_all()
    {
        Should.Throw<FormatException>(() => AggregateSnapshots.Read(AggregateKind.Voter, default));
        Should.Throw<FormatException>(() => BoardSnapshots.Read([1, 2, 3]));
        Should.Throw<ArgumentOutOfRangeException>(() => AggregateSnapshots.Read((AggregateKind)9, AggregateSnapshots.Write(Voter.None)));
    }

    /// <summary>Whether it was read; any error but a format error fails the test.</summary>
    private static bool Reads(string kind, byte[] bytes)
    {
        try
        {
            if (kind == nameof(Board))
                BoardSnapshots.Read(bytes);
            else
                AggregateSnapshots.Read(Enum.Parse<AggregateKind>(kind), bytes);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
