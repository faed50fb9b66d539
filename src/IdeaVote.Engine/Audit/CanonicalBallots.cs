using System.Buffers;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// The canonical form of ballots, frozen: what the <c>ballots</c> of a head is the SHA-256 of, and what the API gives as lines, so
/// that <c>sha256sum</c> of the file is enough to compare them.
/// </summary>
/// <remarks>
/// <para>
/// One line of JSON for each voter whose ballot holds a vote, in the order of the voters' ids; UTF-8, no white space, each line
/// ended by LF. The fields, in this order, those that would be empty left out: <c>voter</c>; <c>segment</c>; <c>approve</c>: an
/// array of <c>{"idea","first"}</c>; <c>rate</c>: of <c>{"idea","scores","first"}</c>, the stars on each criterion, 0 for none, up
/// to the last that has some; <c>invest</c>: of <c>{"idea","credits","first"}</c>; <c>order</c>: one object <c>{"ideas","first"}</c>, the best idea
/// first; <c>duels</c>: of <c>{"one","other","winner","first"}</c>, the smaller id first, the winner 1 or 2.
/// </para>
/// <para>
/// Arrays are in the order of the ideas' ids, duels by <c>one</c>, then <c>other</c>. Ids are compared as text, byte by byte.
/// <c>first</c> is when the vote was first cast, in milliseconds since 1970-01-01T00:00:00Z.
/// </para>
/// </remarks>
/// <param name="ballots">Says what the numbers of votes stand for.</param>
/// <param name="isAnonymous">Whether <c>segment</c> and <c>first</c> are left out everywhere, as where ballots are published.</param>
public sealed class CanonicalBallots(StandingBallots ballots, bool isAnonymous = false)
{
    // The longest are ratings: 16 criteria, an id, and about 50 characters of names.
    private const int VoteBytes = 160;

    /// <summary>Writes the line of one voter.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ballot">A ballot that holds a vote.</param>
    public void Write(IBufferWriter<byte> output, StandingBallot ballot) => Write(output, ballot, ballot.Voter);

    /// <summary>Writes the line of one voter under another pseudonym.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ballot">A ballot that holds a vote.</param>
    /// <param name="voter">The pseudonym.</param>
    public void Write(IBufferWriter<byte> output, StandingBallot ballot, VoterId voter)
    {
        var start = new AsciiPen(output.GetSpan(VoteBytes));
        start.Write("{\"voter\":"u8);
        Quote(ref start, voter.Value);
        if (ballot.Segment is { } segment && !isAnonymous)
        {
            start.Write(",\"segment\":"u8);
            Quote(ref start, segment.Value);
        }
        output.Advance(start.Written);

        var votes = ballot.Votes;
        for (var i = 0; i < votes.Length; i++)
        {
            var isFirst = i == 0 || votes[i - 1].Method != votes[i].Method;
            var isLast = i == votes.Length - 1 || votes[i + 1].Method != votes[i].Method;
            var pen = new AsciiPen(output.GetSpan(VoteBytes));
            pen.Write(isFirst ? NameOf(votes[i].Method) : ","u8);
            if (votes[i].Method == VoteMethod.Rank)
                WritePlace(ref pen, votes[i], isLast);
            else
                WriteVote(ref pen, votes[i], isLast);
            output.Advance(pen.Written);
        }
        output.Write("}\n"u8);
    }

    private static ReadOnlySpan<byte> NameOf(VoteMethod method) => method switch
    {
        VoteMethod.Approve => ",\"approve\":["u8,
        VoteMethod.Rate => ",\"rate\":["u8,
        VoteMethod.Invest => ",\"invest\":["u8,
        VoteMethod.Rank => ",\"order\":{\"ideas\":["u8,
        _ => ",\"duels\":["u8,
    };

    private void WritePlace(ref AsciiPen pen, StandingVote vote, bool isLast)
    {
        Quote(ref pen, ballots.Ideas[vote.Idea].Value);
        if (!isLast)
            return;
        pen.Write("]"u8);
        WriteFirst(ref pen, vote);
        pen.Write("}"u8);
    }

    private void WriteVote(ref AsciiPen pen, StandingVote vote, bool isLast)
    {
        pen.Write(vote.Method == VoteMethod.Duel ? "{\"one\":"u8 : "{\"idea\":"u8);
        Quote(ref pen, ballots.Ideas[vote.Idea].Value);
        switch (vote.Method)
        {
            case VoteMethod.Rate:
                pen.Write(",\"scores\":["u8);
                WriteScores(ref pen, vote);
                pen.Write("]"u8);
                break;
            case VoteMethod.Invest:
                pen.Write(",\"credits\":"u8);
                pen.Write(vote.Value);
                break;
            case VoteMethod.Duel:
                pen.Write(",\"other\":"u8);
                Quote(ref pen, ballots.Ideas[vote.OtherIdea].Value);
                pen.Write(vote.OtherWon ? ",\"winner\":2"u8 : ",\"winner\":1"u8);
                break;
        }
        WriteFirst(ref pen, vote);
        pen.Write(isLast ? "}]"u8 : "}"u8);
    }

    private void WriteFirst(ref AsciiPen pen, StandingVote vote)
    {
        if (isAnonymous)
            return;
        pen.Write(",\"first\":"u8);
        pen.Write(vote.First.UnixMilliseconds);
    }

    private void WriteScores(ref AsciiPen pen, StandingVote vote)
    {
        var scores = ballots.Scores[vote.Value];
        for (var criterion = 0; criterion < scores.Length; criterion++)
        {
            if (criterion > 0)
                pen.Write(","u8);
            pen.Write(scores[criterion]);
        }
    }

    private static void Quote(ref AsciiPen pen, Id id)
    {
        pen.Write("\""u8);
        pen.Write(id);
        pen.Write("\""u8);
    }
}
