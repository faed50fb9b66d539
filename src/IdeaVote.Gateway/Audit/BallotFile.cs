using System.Buffers;
using System.IO.Pipelines;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Gateway.Audit;

/// <summary>Writes ballots as files, as fast as the caller reads and no faster.</summary>
internal static class BallotFile
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>Writes the canonical form.</summary>
    public static Task WriteLinesAsync(PipeWriter output, StandingBallots ballots, CancellationToken cancellation)
    {
        var form = new CanonicalBallots(ballots);
        return WriteAsync(output, ballots, ballot => form.Write(output, ballot), cancellation);
    }

    /// <summary>Writes CSV, a line a vote, in the order of voters and, of each, of methods and ideas.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ballots">The ballots.</param>
    /// <param name="references">What ideas are called; those that have no reference are left out.</param>
    /// <param name="cancellation">Stops writing.</param>
    public static Task WriteCsvAsync(
        PipeWriter output, StandingBallots ballots, IReadOnlyDictionary<IdeaId, string> references, CancellationToken cancellation)
    {
        output.Write(BallotRows.Header);
        var rows = new BallotRows(ballots, references);
        return WriteAsync(output, ballots, ballot => rows.Write(output, ballot), cancellation);
    }

    private static async Task WriteAsync(PipeWriter output, StandingBallots ballots, Action<StandingBallot> write, CancellationToken cancellation)
    {
        foreach (var ballot in ballots.InOrder())
        {
            write(ballot);
            if (output.UnflushedBytes > FlushBytes && (await output.FlushAsync(cancellation)).IsCompleted)
                return;
        }
        await output.FlushAsync(cancellation);
    }
}
