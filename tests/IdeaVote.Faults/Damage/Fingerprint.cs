using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Faults.Damage;

/// <summary>Everything an engine holds: feeds, states of all aggregates, boards. Equal ones have equal texts.</summary>
internal static class Fingerprint
{
    public static async Task<string> OfAsync(IEngine engine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var campaign in await engine.CampaignsAsync())
        {
            var streams = new SortedSet<string>(StringComparer.Ordinal);
            var byName = new Dictionary<string, StreamId>(StringComparer.Ordinal);
            await foreach (var entry in engine.FeedAsync(campaign, Position.Start, follow: false))
            {
                hash.AppendData(entry.Hash.Span);
                var stream = EventReader.Read(entry.Body.Span).Stream;
                byName[stream.ToString()] = stream;
                streams.Add(stream.ToString());
            }
            foreach (var name in streams)
            {
                var reply = await engine.ReadAsync(byName[name]);
                hash.AppendData(reply.State is { } state ? AggregateSnapshots.Write(state) : []);
            }
            hash.AppendData(await engine.QueryAsync(campaign, (board, _) => BoardSnapshots.Write(board)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
