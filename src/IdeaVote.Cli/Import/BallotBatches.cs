using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>Cuts an election's ballots into requests, always the same way.</summary>
internal static class BallotBatches
{
    // The server answers while it reads. A request that fits its buffers is sent whole before anyone has to read the
    // answer, so neither side can end up waiting for the other.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Batches of at most <paramref name="size"/> lines, made one after the other as they are asked for.</summary>
    /// <param name="election">The file.</param>
    /// <param name="size">The most lines of a request, 1 or more.</param>
    /// <param name="tooLong">Told the line of a ballot the server would not take for its length.</param>
    public static IEnumerable<IReadOnlyList<BallotLine>> Of(PbElection election, int size, Action<PbProblem> tooLong)
    {
        var batch = new List<BallotLine>(Math.Min(size, election.Ballots.Count));
        var bytes = 0;
        foreach (var line in election.Ballots.Select(ballot => BallotLine.Of(ballot, election.VoteType)))
        {
            if (line.Json.Length > BallotLine.MaxBytes)
            {
                tooLong(new PbProblem(line.Line, $"the ballot is longer than {BallotLine.MaxBytes / 1024} KiB"));
                continue;
            }
            if (batch.Count == size || (batch.Count > 0 && bytes + line.Json.Length > MaxBytes))
            {
                yield return batch;
                batch = new List<BallotLine>(size);
                bytes = 0;
            }
            batch.Add(line);
            bytes += line.Json.Length;
        }
        if (batch.Count > 0)
            yield return batch;
    }
}
