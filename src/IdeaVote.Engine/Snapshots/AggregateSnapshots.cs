using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Snapshots;

/// <summary>
/// The written form of aggregates' states. A cache: when a state changes its shape, <see cref="Format"/> goes up, and the
/// snapshots of the old format are thrown away and made again from the journal.
/// </summary>
public static class AggregateSnapshots
{
    /// <summary>The format of all snapshots, boards' included.</summary>
    public const int Format = 6;

    // Hundreds of thousands are written in a row by one thread.
    [ThreadStatic]
    private static SnapshotWriter? writer;

    /// <summary>Writes a state.</summary>
    public static byte[] Write(Aggregate state)
    {
        var output = writer ??= new SnapshotWriter();
        output.Write(state.Version);
        switch (state)
        {
            case Voter voter:
                VoterSnapshot.Write(output, voter);
                break;
            case Idea idea:
                Write(output, idea);
                break;
            case Campaign campaign:
                CampaignSnapshot.Write(output, campaign);
                break;
            case CommentThread thread:
                ThreadSnapshot.Write(output, thread);
                break;
            default:
                throw new ArgumentException($"{state.GetType().Name} has no snapshot.", nameof(state));
        }
        return output.ToArray();
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static Aggregate Read(AggregateKind kind, ReadOnlySpan<byte> bytes)
    {
        var input = new SnapshotReader(bytes);
        var version = input.ReadLong();
        return kind switch
        {
            AggregateKind.Voter => VoterSnapshot.Read(ref input, version),
            AggregateKind.Idea => ReadIdea(ref input, version),
            AggregateKind.Campaign => CampaignSnapshot.Read(ref input, version),
            AggregateKind.Thread => ThreadSnapshot.Read(ref input, version),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of aggregate."),
        };
    }

    private static void Write(SnapshotWriter output, Idea idea)
    {
        output.Write(idea.Revisions.Length);
        foreach (var revision in idea.Revisions)
        {
            output.Write(revision.At);
            output.Write(revision.Text);
        }
        output.Write(idea.Statuses.Length);
        foreach (var entry in idea.Statuses)
        {
            output.Write(entry.At);
            output.Write((long)entry.Status);
            output.Write(entry.Answer);
            output.Write(entry.Into?.Value);
        }
        output.Write(idea.Tags);
        output.Write(idea.Cost);
        output.Write(idea.Authors.Length);
        foreach (var author in idea.Authors)
            output.Write(author.Value);
        output.Write(idea.Erased.Length);
        foreach (var text in idea.Erased)
            output.Write(text.Value);
        output.Write(idea.BuildsOn?.Value);
    }

    private static Idea ReadIdea(ref SnapshotReader input, long version)
    {
        var revisions = ImmutableArray.CreateBuilder<Revision>();
        for (var count = input.ReadInt(); count > 0; count--)
            revisions.Add(new Revision(input.ReadInstant(), input.ReadText()));
        var statuses = ImmutableArray.CreateBuilder<StatusEntry>();
        for (var count = input.ReadInt(); count > 0; count--)
            statuses.Add(new StatusEntry(input.ReadInstant(), (IdeaStatus)input.ReadInt(), input.ReadMaybeText(), input.ReadMaybeId() is { } into ? new IdeaId(into) : null));
        var tags = input.ReadTerms();
        var cost = input.ReadMaybeDecimal();
        var authors = ImmutableArray.CreateBuilder<VoterId>();
        for (var count = input.ReadInt(); count > 0; count--)
            authors.Add(new VoterId(input.ReadId()));
        var erased = ImmutableArray.CreateBuilder<TextId>();
        for (var count = input.ReadInt(); count > 0; count--)
            erased.Add(new TextId(input.ReadId()));
        return Idea.Restore(
            version, revisions.DrainToImmutable(), statuses.DrainToImmutable(), tags, cost, authors.DrainToImmutable(), erased.DrainToImmutable(),
            input.ReadMaybeId() is { } original ? new IdeaId(original) : null);
    }
}
