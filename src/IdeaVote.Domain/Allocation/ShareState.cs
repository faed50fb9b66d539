namespace IdeaVote.Domain.Allocation;

/// <summary>
/// Where a run of equal shares stands: what each voter has left, approximately, and what has been bought. All voters with the same
/// ballot always have the same money, so it is kept once for each different ballot.
/// </summary>
internal sealed class ShareState
{
    /// <summary>The round of what has not happened.</summary>
    public const int Never = int.MaxValue;

    /// <summary>The relative error of one operation with doubles, 2⁻⁵³, doubled to be safe against the errors of its own use.</summary>
    public const double Epsilon = 1.0 / (1L << 52);

    /// <summary>Makes room for an election's runs.</summary>
    public ShareState(Election election)
    {
        Election = election;
        Left = new double[election.Ballots.Groups];
        ExhaustedIn = new int[election.Ballots.Groups];
        RoundOf = new int[election.Projects.Length];
    }

    /// <summary>The election.</summary>
    public Election Election { get; }

    /// <summary>What a voter of each ballot has left, in smallest units, within <see cref="Error"/>; exactly 0 for the exhausted.</summary>
    public double[] Left { get; }

    /// <summary>The round in which a ballot's voters gave all they had left because the rate asked for more; <see cref="Never"/> before.</summary>
    public int[] ExhaustedIn { get; }

    /// <summary>The round in which each project was bought; <see cref="Never"/> before.</summary>
    public int[] RoundOf { get; }

    /// <summary>What was bought for money, by round.</summary>
    public List<int> Bought { get; } = [];

    /// <summary>How far <see cref="Left"/> may be off, for any ballot that is not exhausted.</summary>
    public double Error { get; set; }

    /// <summary>What each voter began with, approximately, in smallest units.</summary>
    public double Share { get; private set; }

    /// <summary>How much was added to the fund's equal division, for each voter, in smallest units.</summary>
    public Int128 Added { get; private set; }

    /// <summary>Back to the beginning.</summary>
    /// <param name="added">What each voter gets beyond the fund ÷ voters, in smallest units.</param>
    public void Begin(Int128 added)
    {
        Added = added;
        Share = (double)Election.Money.Fund / Election.Voters + (double)added;
        Error = 8 * Epsilon * Share;
        Left.AsSpan().Fill(Share);
        ExhaustedIn.AsSpan().Fill(Never);
        RoundOf.AsSpan().Fill(Never);
        Bought.Clear();
    }
}
