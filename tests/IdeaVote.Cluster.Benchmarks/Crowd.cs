using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;

namespace IdeaVote.Cluster.Benchmarks;

/// <summary>Many voters at once, each of whom waits for the answer; the last answer ends the measurement.</summary>
/// <param name="ideas">The ideas to rate.</param>
/// <param name="callers">How many votes are under way at once.</param>
internal sealed class Crowd(IdeaId[] ideas, int callers)
{
    /// <summary>Has each voter cast ratings: all their first one, then all their second, as when a crowd votes.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="voters">The voters.</param>
    /// <param name="from">How many they have cast before.</param>
    /// <param name="each">How many each casts now.</param>
    /// <returns>Seconds until the last answer, and where the last votes lie.</returns>
    public async Task<(double Seconds, Position UpTo)> RateAsync(IEngine engine, StreamId[] voters, int from, int each)
    {
        var next = -1;
        var gate = new Lock();
        var upTo = Position.Start;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var last = Position.Start;
            while (Interlocked.Increment(ref next) is var turn && turn < voters.Length * each)
            {
                var (voter, cast) = (turn % voters.Length, from + turn / voters.Length);
                var idea = ideas[(voter * 7 + cast * 31) % ideas.Length];
                var reply = await engine.SendWhenRoomAsync(voters[voter], new CastRating(idea, Scores.Of(1 + (voter + cast) % 5)));
                if (reply is not { Kind: ReplyKind.Accepted, Changed: true })
                    throw new InvalidOperationException($"A rating was not accepted: {reply}");
                last = reply.Position;
            }
            lock (gate)
                upTo = upTo.Join(last);
        })));
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, upTo);
    }
}
