using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.Teams;

/// <summary>Reads the reported comments that wait for a team. Who reported them is not told, not even to the team.</summary>
/// <param name="engine">Knows the ideas.</param>
/// <param name="reader">Has the reports.</param>
/// <param name="documents">Has the ideas' titles.</param>
/// <param name="texts">Has what the comments say, and knows whose they are.</param>
/// <param name="accounts">Knows who that is.</param>
internal sealed class ReportQueue(IEngine engine, DiscussionReader reader, TextDocuments documents, ITextStore texts, IAccountStore accounts)
{
    private const int MaxShown = 50;
    private const int ExcerptChars = 600;

    /// <summary>Those that wait longest.</summary>
    public async ValueTask<ReportsModel> ReadAsync(CampaignView campaign, Visit visit, CancellationToken cancellation)
    {
        var (reports, next) = await reader.ReportsAsync(campaign.Id, null, MaxShown, cancellation);
        var ideas = await engine.QueryAsync(
            campaign.Id, (board, _) => reports.Select(item => item.Report.Idea).Distinct().Select(board.Find).OfType<IdeaTally>().ToDictionary(idea => idea.Id, idea => idea.Text), cancellation);
        var titles = await documents.ReadManyAsync([.. ideas.Values], IdeaTextJson.Default.IdeaText, cancellation);
        var said = await documents.ReadManyAsync([.. reports.Select(item => item.Comment.Text)], CommentTextJson.Default.CommentText, cancellation);
        var owners = await texts.GetManyAsync([.. reports.Select(item => item.Comment.Text.Id)], cancellation);
        var people = await accounts.FindByPersonsAsync([.. owners.Values.Select(document => document.Owner).OfType<PersonId>().Distinct()], cancellation);
        return new ReportsModel(campaign.Key, next is not null, [.. reports.Select(item =>
        {
            var (report, comment) = item;
            var title = ideas.TryGetValue(report.Idea, out var text) ? titles.GetValueOrDefault(text.Id)?.Title : null;
            var account = owners.GetValueOrDefault(comment.Text.Id)?.Owner is { } owner ? people.GetValueOrDefault(owner) : null;
            return new ReportedItem(
                report.Idea.ToString(), title ?? visit["idea.erased.title"], report.Thread.ToString(), comment.Id.ToString(),
                comment.Author is null ? [] : [new AuthorName(account?.Name, account is { HidesProfile: false } ? account.Id.ToString() : null)],
                said.GetValueOrDefault(comment.Text.Id) is { } words ? SafeMarkdown.Excerpt(words.Text, ExcerptChars) : "",
                comment.Hidden is not null,
                [.. comment.Reports.Where(static one => !one.IsSettled).GroupBy(static one => one.Concern).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key)
                    .Select(static group => new ReasonCount(ConcernNames.Of(group.Key), group.Count()))],
                report.Since);
        })]);
    }
}

/// <summary>Reported comments, the longest waiting first.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="IsMore">Whether more wait behind these.</param>
/// <param name="Items">The comments.</param>
public sealed record ReportsModel(string Campaign, bool IsMore, IReadOnlyList<ReportedItem> Items);

/// <summary>A reported comment.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Title">The idea's title.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Author">Who wrote it: none for the team.</param>
/// <param name="Text">What it says, without its markup.</param>
/// <param name="IsHidden">Whether it is hidden already.</param>
/// <param name="Reasons">What people say is wrong with it, the most frequent first; at least one.</param>
/// <param name="Since">When it was first reported.</param>
public sealed record ReportedItem(
    string Idea, string Title, string Thread, string Comment, IReadOnlyList<AuthorName> Author, string Text, bool IsHidden, IReadOnlyList<ReasonCount> Reasons, Instant Since)
{
    /// <summary>How many people reported it.</summary>
    public int Count => Reasons.Sum(static reason => reason.Count);
}

/// <summary>How many people gave a reason.</summary>
/// <param name="Reason">The reason, as the API names it.</param>
/// <param name="Count">How many.</param>
public sealed record ReasonCount(string Reason, int Count);
