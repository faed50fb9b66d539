using System.Buffers;
using System.IO.Pipelines;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Audit;

/// <summary>Writes votes as rows of CSV. What a row says of its idea is put together once for each idea.</summary>
internal sealed class BallotRows
{
    /// <summary>The first line.</summary>
    public static ReadOnlySpan<byte> Header => "voter,idea,reference,method,value,segment,first\n"u8;

    // A row without its idea: a voter, a method, 16 scores or an id, a segment, a time, and what is between them.
    private const int RestBytes = 160;

    private readonly StandingBallots ballots;
    private readonly byte[][] ideas;

    /// <summary>Makes a writer.</summary>
    /// <param name="ballots">Says what the numbers of votes stand for.</param>
    /// <param name="references">What ideas are called; those that have no reference are left out.</param>
    public BallotRows(StandingBallots ballots, IReadOnlyDictionary<IdeaId, string> references)
    {
        this.ballots = ballots;
        ideas = new byte[ballots.Ideas.Count][];
        var cells = new ArrayBufferWriter<byte>();
        for (var number = 0; number < ideas.Length; number++)
        {
            cells.ResetWrittenCount();
            cells.Write(","u8);
            CsvCells.WriteText(cells, ballots.Ideas[number].ToString());
            cells.Write(","u8);
            CsvCells.WriteText(cells, references.GetValueOrDefault(ballots.Ideas[number]));
            ideas[number] = cells.WrittenSpan.ToArray();
        }
    }

    /// <summary>Writes a ballot, a row a vote.</summary>
    public void Write(PipeWriter output, StandingBallot ballot)
    {
        // Both ends of a row are the voter's; nothing in them needs quotes.
        var segment = ballot.Segment;
        foreach (var vote in ballot.Votes)
        {
            // A duel is shown as its winner's vote against the other.
            var (idea, lost) = vote is { Method: VoteMethod.Duel, OtherWon: true } ? (vote.OtherIdea, vote.Idea) : (vote.Idea, vote.OtherIdea);
            var about = ideas[idea];
            var pen = new AsciiPen(output.GetSpan(RestBytes + about.Length));
            pen.Write(ballot.Voter.Value);
            pen.Write(about);
            WriteValue(ref pen, vote, lost);
            pen.Write(","u8);
            if (segment is { } of)
                pen.Write(of.Value);
            pen.Write(","u8);
            pen.Write(vote.First);
            pen.Write("\n"u8);
            output.Advance(pen.Written);
        }
    }

    private void WriteValue(ref AsciiPen pen, StandingVote vote, int lost)
    {
        switch (vote.Method)
        {
            case VoteMethod.Approve:
                pen.Write(",approve,1"u8);
                break;
            case VoteMethod.Rate:
                pen.Write(",rate,"u8);
                var scores = ballots.Scores[vote.Value];
                for (var criterion = 0; criterion < scores.Length; criterion++)
                {
                    if (criterion > 0)
                        pen.Write("|"u8);
                    pen.Write(scores[criterion]);
                }
                break;
            case VoteMethod.Invest:
                pen.Write(",invest,"u8);
                pen.Write(vote.Value);
                break;
            case VoteMethod.Rank:
                pen.Write(",rank,"u8);
                pen.Write(vote.Value + 1);
                break;
            default:
                pen.Write(",duel,"u8);
                pen.Write(ballots.Ideas[lost].Value);
                break;
        }
    }
}
