using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine;

/// <summary>One event as the feed carries it.</summary>
/// <param name="Position">Its place; resume after it with this.</param>
/// <param name="Campaign">The campaign it belongs to.</param>
/// <param name="Partition">The number of its partition among its campaign's, from 0. Each partition is a chain of its own.</param>
/// <param name="Body">The event's frozen written form, UTF-8 JSON, exactly the bytes that the hash covers.</param>
/// <param name="Prev">The hash of the event before it in its campaign and partition; 32 zero bytes for the first.</param>
/// <param name="Hash">SHA-256 of <paramref name="Prev"/> followed by <paramref name="Body"/>.</param>
public sealed record FeedEntry(Position Position, CampaignId Campaign, int Partition, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Prev, ReadOnlyMemory<byte> Hash);
