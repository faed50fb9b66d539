using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>The keys of the rows of a journal partition, which all have the partition's escaped name as their partition key.</summary>
internal static class JournalKeys
{
    /// <summary>The one row that says who writes and how far the journal goes.</summary>
    public const string Fence = "fence";

    /// <summary>After all rows of the feed.</summary>
    public static readonly string FeedEnd = Feed(long.MaxValue);

    /// <summary>A row of the feed. It is named after its last record, so that the first row found from a position on holds that position.</summary>
    public static string Feed(long lastPosition) => "f" + Keys.Number(lastPosition);

    /// <summary>One event of one stream.</summary>
    public static string Stream(StreamId stream, long version) =>
        $"s{(int)stream.Kind:D3}{stream.Campaign}{stream.Key}{Keys.Number(version)}";
}
