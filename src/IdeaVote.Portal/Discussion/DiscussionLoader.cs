using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.Discussion;

/// <summary>Reads what a page shows of a discussion.</summary>
/// <param name="engine">Has the counts.</param>
/// <param name="reader">Has the threads.</param>
/// <param name="texts">Has what was written, and knows whose it is.</param>
/// <param name="accounts">Knows who that is.</param>
/// <param name="pseudonyms">Names the voters, and makes the forms' keys.</param>
internal sealed class DiscussionLoader(IEngine engine, DiscussionReader reader, ITextStore texts, IAccountStore accounts, Pseudonyms pseudonyms)
{
    /// <summary>How many threads a page has.</summary>
    public const int PageThreads = 15;

    /// <summary>How many of its newest replies a thread shows in the list.</summary>
    public const int NewestReplies = 5;

    /// <summary>How many replies fill a page of a thread that is shown alone.</summary>
    public const int PageReplies = 100;

    private const int MaxParticipants = 200;

    /// <summary>Reads the discussion.</summary>
    public async ValueTask<DiscussionModel> ReadAsync(
        CampaignView campaign, IdeaId id, Idea idea, DiscussionView view, Visit visit, CancellationToken cancellation)
    {
        var order = view.Order == DiscussionView.Oldest ? ThreadOrder.Oldest : ThreadOrder.Active;
        var (threads, next) = Id.TryParse(view.Only, out var only)
            ? ([.. new[] { await reader.FindAsync(campaign.Id, id, new ThreadId(only), cancellation) }.OfType<ThreadView>()], null)
            : await reader.ThreadsAsync(
                campaign.Id, id, order, visit.Manages, PlaceCursor.Read(view.From, (byte)order), PageThreads, cancellation);
        var shown = threads.Select(thread => Shown(thread.State, view)).ToArray();
        var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
        var names = await NamesAsync([.. shown.SelectMany(comments => comments)], cancellation);
        var why = WhyNot(campaign, idea, visit);
        var models = threads.Zip(shown, (thread, comments) => ThreadOf(thread, comments, view, new Reading(viewer, names, why is null, visit))).ToArray();
        var count = await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id)?.Comments ?? 0, cancellation);
        var mentions = models.Any(thread => thread.Replies.Append(thread.First).Any(comment => comment.Text is { } text && Mentions.MayBeIn(text)))
            ? await MentionsAsync(campaign.Id, id, idea, visit, cancellation)
            : Mentions.None;
        return new DiscussionModel(campaign.Key, id.ToString(), count, view, models, next?.ToString(), why, NewKey(), mentions);
    }

    private static IReadOnlyList<Comment> Shown(CommentThread thread, DiscussionView view) => view.Only is null
        ? DiscussionBodies.Newest(thread, NewestReplies)
        : [thread.Comments[0], .. thread.Comments.Skip(1 + (view.Page - 1) * PageReplies).Take(PageReplies)];

    private static string? WhyNot(CampaignView campaign, Idea idea, Visit visit)
    {
        if (!idea.Status.IsPublic())
            return "talk.notPublic";
        if (!campaign.State.AllowsAt(visit.Now, Allows.Discuss))
            return "talk.closed";
        return visit.Caller.Voter is null ? "talk.signIn" : null;
    }

    private ThreadModel ThreadOf(ThreadView thread, IReadOnlyList<Comment> comments, DiscussionView view, Reading reading)
    {
        var replies = thread.State.Comments.Length - 1;
        var byId = comments.ToDictionary(comment => comment.Id);
        var models = comments.Select(comment => CommentOf(thread.Id.ToString(), comment, comment.ReplyTo is { } to ? byId.GetValueOrDefault(to) : null, reading)).ToArray();
        return new ThreadModel(
            thread.Id.ToString(), models[0], models[1..], view.Only is null ? replies - (models.Length - 1) : 0, Math.Max(1, (replies + PageReplies - 1) / PageReplies));
    }

    private CommentModel CommentOf(string thread, Comment comment, Comment? answered, Reading reading)
    {
        var (viewer, visit) = (reading.Viewer, reading.Visit);
        var reads = DiscussionBodies.Reads(viewer, comment);
        var mine = comment.Author is { } author && viewer.Voter == author;
        var stands = comment is { IsDeleted: false, IsErased: false };
        return new CommentModel(
            comment.Id.ToString(), thread, DiscussionBodies.StateOf(comment), reads ? reading.Names.AuthorOf(comment) : null,
            reads ? reading.Names.TextOf(comment) : null, comment.At, comment.EditedAt,
            answered is { IsVisible: true } && answered.Id.ToString() != thread ? new Answered(answered.Id.ToString(), reading.Names.AuthorOf(answered)) : null,
            (mine || viewer.Manages) && comment.Hidden is { } concern ? ConcernNames.Of(concern) : null,
            viewer.Manages ? comment.OpenReports : 0, NewKey())
        {
            CanEdit = mine && comment.IsVisible && reading.CanWrite,
            CanDelete = mine && stands,
            CanReport = !mine && comment.IsVisible && visit.Caller.Voter is not null,
            CanReply = comment.IsVisible && reading.CanWrite,
            CanModerate = viewer.Manages && stands,
        };
    }

    /// <summary>What the comments say and who wrote them: their texts tell both.</summary>
    private async ValueTask<Names> NamesAsync(IReadOnlyCollection<Comment> comments, CancellationToken cancellation)
    {
        var found = await texts.GetManyAsync([.. comments.Where(comment => comment is { IsDeleted: false, IsErased: false }).Select(comment => comment.Text.Id)], cancellation);
        return new Names(found, await AccountsAsync(found.Values, cancellation));
    }

    /// <summary>Those who take part in the discussion, and the idea's author.</summary>
    private async ValueTask<Mentions> MentionsAsync(CampaignId campaign, IdeaId id, Idea idea, Visit visit, CancellationToken cancellation)
    {
        var people = await reader.ParticipantsAsync(campaign, id, MaxParticipants, cancellation);
        var found = await texts.GetManyAsync([.. people.Select(person => person.Text).Append(idea.Revisions[0].Text.Id)], cancellation);
        return new Mentions((await AccountsAsync(found.Values, cancellation)).Values
            .Where(account => !account.HidesProfile)
            .Select(account => KeyValuePair.Create(account.Name, visit.Url($"/people/{account.Id}"))));
    }

    private ValueTask<IReadOnlyDictionary<PersonId, Account>> AccountsAsync(IEnumerable<TextDocument> documents, CancellationToken cancellation) =>
        accounts.FindByPersonsAsync([.. documents.Select(document => document.Owner).OfType<PersonId>().Distinct()], cancellation);

    private string NewKey() => pseudonyms.RandomId().ToString();

    private sealed record Reading(Viewer Viewer, Names Names, bool CanWrite, Visit Visit);

    private sealed record Names(IReadOnlyDictionary<TextId, TextDocument> Texts, IReadOnlyDictionary<PersonId, Account> Accounts)
    {
        public string? TextOf(Comment comment) => Texts.TryGetValue(comment.Text.Id, out var document)
            ? JsonSerializer.Deserialize(document.Content.Span, CommentTextJson.Default.CommentText)?.Text
            : null;

        public IReadOnlyList<AuthorName> AuthorOf(Comment comment)
        {
            if (comment.Author is null)
                return [];
            var account = Texts.TryGetValue(comment.Text.Id, out var document) && document.Owner is { } owner ? Accounts.GetValueOrDefault(owner) : null;
            return [new AuthorName(account?.Name, account is { HidesProfile: false } ? account.Id.ToString() : null)];
        }
    }
}
