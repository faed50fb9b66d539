using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;

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
        output.Write(board.Duels.Met);
        foreach (var duel in board.Duels.Pairs)
        {
            output.Write(duel.First);
            output.Write(duel.Second);
            output.Write(duel.FirstWins);
            output.Write(duel.SecondWins);
        }
        Write(output, board.Preferences.ToState());
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
        var duels = new List<Duel>();
        for (var count = input.ReadInt(); count > 0; count--)
            duels.Add(new Duel(input.ReadInt(), input.ReadInt(), input.ReadInt(), input.ReadInt()));
        return Board.Restore(campaign, createdAt, revision, voters, ideas, duels, ReadPreferences(ref input));
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
        output.Write(state.Quadratic.Steps);
        output.Write(state.Quadratic.Credits);
        output.Write(state.Stars.Length);
        foreach (var count in state.Stars)
            output.Write(count);
        output.Write(state.Places.Length);
        foreach (var count in state.Places)
            output.Write(count);
        output.Write(state.Trending.Count);
        foreach (var (number, sum) in state.Trending)
        {
            output.Write(number);
            output.Write(sum);
        }
        output.Write(state.Comments);
        output.Write(state.MergedInto?.Value);
        output.Write(state.BuildsOn?.Value);
        output.Write(state.HistoryDays);
        output.Write(state.History.Length);
        foreach (var change in state.History)
            output.Write(change);
    }

    private static void Write(SnapshotWriter output, PairwiseState preferences)
    {
        output.Write(preferences.Ballots);
        output.Write(preferences.Named.Length);
        foreach (var (idea, count) in preferences.Named)
        {
            output.Write(idea);
            output.Write(count);
        }
        output.Write(preferences.Orders.Length);
        foreach (var (ahead, behind, count) in preferences.Orders)
        {
            output.Write(ahead);
            output.Write(behind);
            output.Write(count);
        }
    }

    private static PairwiseState ReadPreferences(ref SnapshotReader input)
    {
        var ballots = input.ReadInt();
        var named = ImmutableArray.CreateBuilder<(int, int)>();
        for (var count = input.ReadInt(); count > 0; count--)
            named.Add((input.ReadInt(), input.ReadInt()));
        var orders = ImmutableArray.CreateBuilder<(int, int, int)>();
        for (var count = input.ReadInt(); count > 0; count--)
            orders.Add((input.ReadInt(), input.ReadInt(), input.ReadInt()));
        return new PairwiseState(ballots, named.DrainToImmutable(), orders.DrainToImmutable());
    }

    private static ImmutableArray<int> ReadHistory(ref SnapshotReader input)
    {
        var changes = ImmutableArray.CreateBuilder<int>();
        for (var count = input.ReadInt(); count > 0; count--)
            changes.Add(input.ReadInt());
        return changes.DrainToImmutable();
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
        var (approvals, raters, investors) = (input.ReadInt(), input.ReadInt(), input.ReadInt());
        var quadratic = new QuadraticSum(input.ReadLong(), input.ReadLong());
        var stars = ImmutableArray.CreateBuilder<int>();
        for (var count = input.ReadInt(); count > 0; count--)
            stars.Add(input.ReadInt());
        var places = ImmutableArray.CreateBuilder<long>();
        for (var count = input.ReadInt(); count > 0; count--)
            places.Add(input.ReadLong());
        var trending = new List<KeyValuePair<long, long>>();
        for (var count = input.ReadInt(); count > 0; count--)
            trending.Add(new(input.ReadLong(), input.ReadLong()));
        return new TallyState(
            id, submittedAt, text, answer, status, tags, cost, authors.DrainToImmutable(),
            approvals, raters, investors, quadratic, stars.DrainToImmutable(), places.DrainToImmutable(), trending)
        {
            Comments = input.ReadInt(),
            MergedInto = input.ReadMaybeId() is { } into ? new IdeaId(into) : null,
            BuildsOn = input.ReadMaybeId() is { } original ? new IdeaId(original) : null,
            HistoryDays = input.ReadLong(),
            History = ReadHistory(ref input),
        };
    }
}
