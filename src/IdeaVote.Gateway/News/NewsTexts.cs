using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Results;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.News;

/// <summary>The words that belong to news, as far as their reader may see them.</summary>
/// <param name="engine">Knows the ideas.</param>
/// <param name="documents">Has the texts.</param>
internal sealed class NewsTexts(IEngine engine, TextDocuments documents)
{
    /// <summary>Reads them, in the order of the news.</summary>
    public async ValueTask<IReadOnlyList<NewsWords>> ReadAsync(CampaignId campaign, VoterId reader, IReadOnlyList<NewsItem> items, CancellationToken cancellation)
    {
        var ideas = await engine.QueryAsync(
            campaign,
            (board, _) => items.Select(item => item.Idea).OfType<IdeaId>().Distinct().Select(board.Find).OfType<IdeaTally>()
                .ToDictionary(idea => idea.Id, idea => (idea.Text, idea.Status, IsSeen: idea.Status.IsPublic() || idea.Authors.Contains(reader))),
            cancellation);
        var titles = await documents.ReadManyAsync([.. ideas.Values.Where(idea => idea.IsSeen).Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var answers = await documents.ReadManyAsync(Of(NewsKind.Status), IdeaTextJson.Default.AnswerText, cancellation);
        var results = await documents.ReadManyAsync(Of(NewsKind.Results), ResultsTextJson.Default.ResultsText, cancellation);
        var comments = await documents.ReadManyAsync(Of(NewsKind.Reply, NewsKind.Comment, NewsKind.Discussion, NewsKind.Hidden), CommentTextJson.Default.CommentText, cancellation);
        return [.. items.Select(item =>
        {
            if (item.Idea is not { } id)
                return new NewsWords(null, item.Text is { } said ? results.GetValueOrDefault(said)?.Text : null, true);
            if (!ideas.TryGetValue(id, out var idea) || !idea.IsSeen)
                return new NewsWords(null, null, false);
            var title = titles.GetValueOrDefault(idea.Text.Id)?.Title;
            return item.Text is not { } text
                ? new NewsWords(title, null, true)
                : item.Kind == NewsKind.Status
                    // Why an idea was hidden is told to its author, while it is.
                    ? new NewsWords(title, item.Status.New == IdeaStatus.Hidden && idea.Status != IdeaStatus.Hidden ? null : answers.GetValueOrDefault(text)?.Answer, true)
                    : new NewsWords(title, comments.GetValueOrDefault(text)?.Text, true);
        })];

        TextRef[] Of(params ReadOnlySpan<NewsKind> kinds)
        {
            var texts = new List<TextRef>();
            foreach (var item in items)
                if (kinds.Contains(item.Kind) && item.Text is { } text)
                    texts.Add(new TextRef(text, ""));
            return [.. texts];
        }
    }
}

/// <summary>The words of one piece of news.</summary>
/// <param name="Title">The idea's title; null for a result, or if it was erased or is out of the reader's sight.</param>
/// <param name="Text">What the team or somebody said, Markdown; null for nothing.</param>
/// <param name="IsSeen">Whether the reader may see the idea.</param>
internal readonly record struct NewsWords(string? Title, string? Text, bool IsSeen);
