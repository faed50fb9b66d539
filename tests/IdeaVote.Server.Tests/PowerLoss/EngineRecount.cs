using System.Security.Cryptography;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>Counts the investments in an engine's feed anew and compares with its board.</summary>
internal static class EngineRecount
{
    public static async Task CheckAsync(IEngine engine)
    {
        var invested = new Dictionary<(StreamId Voter, IdeaId Idea), int>();
        var ideas = new List<IdeaId>();
        var last = new byte[SHA256.HashSizeInBytes];
        await foreach (var entry in engine.FeedAsync(PoweredEngine.Campaign, Position.Start, follow: false))
        {
            entry.Prev.ToArray().ShouldBe(last);
            last = SHA256.HashData([.. last, .. entry.Body.Span]);
            entry.Hash.ToArray().ShouldBe(last);
            var recorded = EventReader.Read(entry.Body.Span);
            if (recorded.Event is IdeaSubmitted)
                ideas.Add(new IdeaId(recorded.Stream.Key));
            if (recorded.Event is not InvestmentChanged changed)
                continue;
            invested.GetValueOrDefault((recorded.Stream, changed.Idea)).ShouldBe(changed.Old);
            invested[(recorded.Stream, changed.Idea)] = changed.New;
        }
        foreach (var idea in ideas)
        {
            var (credits, investors) = await engine.QueryAsync(PoweredEngine.Campaign, (board, _) => (board.Find(idea)!.Invested, board.Find(idea)!.Investors));
            credits.ShouldBe(invested.Where(i => i.Key.Idea == idea).Sum(i => i.Value));
            investors.ShouldBe(invested.Count(i => i.Key.Idea == idea && i.Value > 0));
        }
    }
}
