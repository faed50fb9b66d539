using System.Globalization;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// Which partition a stream lies in. The campaign and its ideas lie in the first, so that they can be read last: a vote or
/// comment that has been read then never speaks of an idea that has not. Voters and threads are spread over all.
/// </summary>
public static class PartitionMap
{
    /// <summary>The most partitions a campaign can have.</summary>
    public const int MaxPartitions = 1_024;

    /// <summary>The name of a partition in the journal.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="number">The partition's number, from 0.</param>
    public static string Name(CampaignId campaign, int number) => $"{campaign}-{number}";

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">A name as <see cref="Name"/> gives it, or any other.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="number">The partition's number.</param>
    /// <returns>Whether it is the name of a campaign's partition.</returns>
    public static bool TryParse(string name, out CampaignId campaign, out int number)
    {
        (campaign, number) = (default, 0);
        if (name.Length < Id.Length + 2 || name[Id.Length] != '-' || !Id.TryParse(name.AsSpan(0, Id.Length), out var id))
            return false;
        campaign = new CampaignId(id);
        return int.TryParse(name.AsSpan(Id.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number of a stream's partition.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="partitions">How many partitions its campaign has, 1 to <see cref="MaxPartitions"/>.</param>
    public static int NumberOf(StreamId stream, int partitions) =>
        stream.Kind is AggregateKind.Voter or AggregateKind.Thread ? stream.Key.Prefix(30) % partitions : 0;
}
