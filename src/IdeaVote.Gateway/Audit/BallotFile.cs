using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Audit;

/// <summary>Writes ballots as files, as fast as the caller reads.</summary>
internal static class BallotFile
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>Writes the canonical form.</summary>
    public static async Task WriteLinesAsync(PipeWriter output, StandingBallots ballots, CancellationToken cancellation)
    {
        using var writer = new CanonicalBallots();
        foreach (var (voter, ballot) in ballots.InOrder())
        {
            writer.Write(output, voter, ballot);
            if (output.UnflushedBytes > FlushBytes && (await output.FlushAsync(cancellation)).IsCompleted)
                return;
        }
        await output.FlushAsync(cancellation);
    }

    /// <summary>Writes CSV, a line a vote, in the order of voters and, of each, of methods and ideas.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ballots">The ballots.</param>
    /// <param name="references">What ideas are called; those that have no reference are left out.</param>
    /// <param name="cancellation">Stops writing.</param>
    public static async Task WriteCsvAsync(
        PipeWriter output, StandingBallots ballots, IReadOnlyDictionary<IdeaId, string> references, CancellationToken cancellation)
    {
        output.Write("voter,idea,reference,method,value,segment,first\n"u8);
        foreach (var (voter, standing) in ballots.InOrder())
        {
            foreach (var vote in VotesOf(standing.Ballot))
                WriteRow(output, voter, standing.Segment, vote, references);
            if (output.UnflushedBytes > FlushBytes && (await output.FlushAsync(cancellation)).IsCompleted)
                return;
        }
        await output.FlushAsync(cancellation);
    }

    private static void WriteRow(PipeWriter output, VoterId voter, TermId? segment, Vote vote, IReadOnlyDictionary<IdeaId, string> references)
    {
        CsvCells.WriteText(output, voter.ToString());
        output.Write(","u8);
        CsvCells.WriteText(output, vote.Idea.ToString());
        output.Write(","u8);
        CsvCells.WriteText(output, references.GetValueOrDefault(vote.Idea));
        Encoding.UTF8.GetBytes($",{vote.Method},{vote.Value},{segment},{SignedHead.Time(vote.First.ToDateTimeOffset())}\n", output);
    }

    private static IEnumerable<Vote> VotesOf(Ballot ballot)
    {
        foreach (var (idea, first) in ballot.Approvals)
            yield return new Vote(idea, "approve", "1", first);
        foreach (var (idea, rating) in ballot.Ratings)
            yield return new Vote(idea, "rate", Stars(rating.Scores), rating.First);
        foreach (var (idea, investment) in ballot.Investments)
            yield return new Vote(idea, "invest", investment.Credits.ToString(CultureInfo.InvariantCulture), investment.First);
        for (var place = 0; place < ballot.Order.Ideas.Length; place++)
            yield return new Vote(ballot.Order.Ideas[place], "rank", (place + 1).ToString(CultureInfo.InvariantCulture), ballot.Order.First);
        foreach (var (pair, duel) in ballot.Duels)
        {
            var (won, lost) = duel.Winner == Winner.One ? (pair.One, pair.Other) : (pair.Other, pair.One);
            yield return new Vote(won, "duel", lost.ToString(), duel.First);
        }
    }

    private static string Stars(Scores scores) =>
        string.Join('|', Enumerable.Range(0, scores.Length).Select(criterion => scores[criterion].ToString(CultureInfo.InvariantCulture)));

    private sealed record Vote(IdeaId Idea, string Method, string Value, Instant First);
}
