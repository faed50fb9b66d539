using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ideas;

/// <summary>The ideas that take another one further.</summary>
internal static class IdeaRemixes
{
    /// <summary>The most that are shown of one idea.</summary>
    public const int MaxShown = 20;

    /// <summary>The newest of them that somebody may know of, newest first.</summary>
    /// <param name="board">The board.</param>
    /// <param name="idea">The idea they take further.</param>
    /// <param name="viewer">Who looks.</param>
    public static IReadOnlyList<IdeaTally> Of(Board board, IdeaId idea, Viewer viewer)
    {
        var shown = new List<IdeaTally>();
        if (board.Find(idea) is not { } original)
            return shown;
        for (var i = original.Remixes.Count - 1; i >= 0 && shown.Count < MaxShown; i--)
            if (board.Ideas[original.Remixes[i]] is var remix && viewer.Sees(remix))
                shown.Add(remix);
        return shown;
    }
}
