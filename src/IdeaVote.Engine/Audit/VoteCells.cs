namespace IdeaVote.Engine.Audit;

/// <summary>
/// Room for votes, in runs side by side. What a run that has grown leaves is used again, so folding votes makes no work for the collector and
/// takes memory for what stands, not for what happened. Not safe for concurrent use.
/// </summary>
internal sealed class VoteCells
{
    private const int ChunkBits = 14;
    private const int Nothing = -1;

    // Each about half as long again as the one before: a quarter of the room is empty on average.
    private static readonly int[] Lengths =
        [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 1_536, 2_048, 3_072, 4_096, 6_144, 8_192, 12_288];

    private readonly List<StandingVote[]> chunks = [];
    private readonly int[] freed = new int[Lengths.Length];
    private int end = 1 << ChunkBits;

    public VoteCells() => Array.Fill(freed, Nothing);

    /// <summary>The longest run.</summary>
    public static int MaxLength => Lengths[^1];

    /// <summary>The number of the smallest size of runs that hold so many votes.</summary>
    public static int SizeFor(int votes)
    {
        var found = Array.BinarySearch(Lengths, votes);
        return found < 0 ? ~found : found;
    }

    /// <summary>How many votes a run of a size holds.</summary>
    public static int LengthOf(int size) => Lengths[size];

    /// <summary>Takes a run. What is in it is undefined.</summary>
    /// <returns>Where it starts.</returns>
    public int Take(int size)
    {
        var start = freed[size];
        if (start != Nothing)
        {
            freed[size] = Of(start, 1)[0].Value;
            return start;
        }
        if (end + Lengths[size] > 1 << ChunkBits)
        {
            chunks.Add(new StandingVote[1 << ChunkBits]);
            end = 0;
        }
        start = ((chunks.Count - 1) << ChunkBits) + end;
        end += Lengths[size];
        return start;
    }

    /// <summary>Gives a run back.</summary>
    public void GiveBack(int start, int size)
    {
        // Where the next one of its size lies is written into its first vote.
        Of(start, 1)[0] = new StandingVote(default, 0, freed[size], default);
        freed[size] = start;
    }

    /// <summary>The first votes of a run.</summary>
    public Span<StandingVote> Of(int start, int count) => chunks[start >> ChunkBits].AsSpan(start & ((1 << ChunkBits) - 1), count);
}
