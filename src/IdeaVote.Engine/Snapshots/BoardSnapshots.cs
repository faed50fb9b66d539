using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Engine.Snapshots;

/// <summary>The written form of boards. A cache, as all snapshots.</summary>
public static class BoardSnapshots
{
    /// <summary>Writes a board.</summary>
    public static byte[] Write(Board board)
    {
        var output = new SnapshotWriter();
        output.Write(board.Campaign.Version);
        if (board.Campaign.Exists)
            CampaignSnapshot.Write(output, board.Campaign);
        output.Write(board.CreatedAt);
        output.Write(board.Revision);
        output.Write(board.Voters);
        output.Write(board.Ideas.Count);
        foreach (var idea in board.Ideas)
            Write(output, idea);
        return output.ToArray();
    }

    /// <summary>Reads a board.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static Board Read(ReadOnlySpan<byte> bytes)
    {
        var input = new SnapshotReader(bytes);
        var version = input.ReadLong();
        var campaign = version > 0 ? CampaignSnapshot.Read(ref input, version) : Campaign.None;
        var createdAt = input.ReadInstant();
        var revision = input.ReadLong();
        var voters = input.ReadInt();
        var ideas = new List<TallyState>();
        for (var count = input.ReadInt(); count > 0; count--)
            ideas.Add(ReadTally(ref input));
        return Board.Restore(campaign, createdAt, revision, voters, ideas);
    }

    private static void Write(SnapshotWriter output, IdeaTally idea)
    {
        var state = idea.ToState();
        output.Write(state.Id.Value);
        output.Write(state.SubmittedAt);
        output.Write(state.Text);
        output.Write(state.Answer);
        output.Write((long)state.Status);
        output.Write(state.Tags);
        output.Write(state.Cost);
        output.Write(state.Authors.Length);
        foreach (var author in state.Authors)
            output.Write(author.Value);
        output.Write(state.Approvals);
        output.Write(state.Raters);
        output.Write(state.Investors);
        output.Write(state.Invested);
        output.Write(state.Stars.Length);
        foreach (var count in state.Stars)
            output.Write(count);
    }

    private static TallyState ReadTally(ref SnapshotReader input)
    {
        var id = new IdeaId(input.ReadId());
        var submittedAt = input.ReadInstant();
        var text = input.ReadText();
        var answer = input.ReadMaybeText();
        var status = (IdeaStatus)input.ReadInt();
        var tags = input.ReadTerms();
        var cost = input.ReadMaybeDecimal();
        var authors = ImmutableArray.CreateBuilder<VoterId>();
        for (var count = input.ReadInt(); count > 0; count--)
            authors.Add(new VoterId(input.ReadId()));
        var (approvals, raters, investors, invested) = (input.ReadInt(), input.ReadInt(), input.ReadInt(), input.ReadLong());
        var stars = ImmutableArray.CreateBuilder<int>();
        for (var count = input.ReadInt(); count > 0; count--)
            stars.Add(input.ReadInt());
        return new TallyState(
            id, submittedAt, text, answer, status, tags, cost, authors.DrainToImmutable(),
            approvals, raters, investors, invested, stars.DrainToImmutable());
    }
}
