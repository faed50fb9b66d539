using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Accounts;

namespace IdeaVote.Portal.People;

/// <summary>What a person has contributed, worked out from the facts each time: nothing of it is kept.</summary>
/// <param name="Ideas">Their ideas, the newest first.</param>
/// <param name="Badges">What these facts are worth showing for.</param>
public sealed record Contributions(IReadOnlyList<OwnIdea> Ideas, IReadOnlyList<Badge> Badges);

/// <summary>An idea of a person.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="CampaignTitle">The campaign's title.</param>
/// <param name="Id">The idea's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="At">When it was submitted.</param>
/// <param name="IsPublic">Whether everybody sees it.</param>
public sealed record OwnIdea(string Campaign, string CampaignTitle, string Id, string Title, string Status, Instant At, bool IsPublic);

/// <summary>A badge. Its name and meaning are the texts <c>badge.{Name}</c> and <c>badge.{Name}.text</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How often it was earned.</param>
public sealed record Badge(string Name, int Count);

/// <summary>Reads contributions.</summary>
/// <param name="engine">Has ideas and ballots.</param>
/// <param name="texts">Knows whose texts are whose.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="catalog">Has the campaigns.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class ContributionReader(IEngine engine, ITextStore texts, TextDocuments documents, CampaignCatalog catalog, Pseudonyms pseudonyms)
{
    /// <summary>The most ideas and campaigns that are looked at.</summary>
    private const int MaxRead = 500;

    /// <summary>Reads a person's contributions.</summary>
    public async ValueTask<Contributions> ReadAsync(Account account, CancellationToken cancellation)
    {
        var ideas = await IdeasAsync(account, cancellation);
        var badges = new List<Badge>();
        Add(badges, "first-idea", ideas.Any(idea => idea.IsPublic) ? 1 : 0);
        Add(badges, "shipped", ideas.Count(idea => idea.Status == IdeaStatusNames.Of(IdeaStatus.Shipped)));
        Add(badges, "early-backer", await EarlyBackedAsync(account, cancellation));
        Add(badges, "helpful", await AnsweredAsync(account, cancellation));
        return new Contributions(ideas, badges);
    }

    /// <summary>How many of the person's comments on ideas of others were answered by somebody else.</summary>
    private async ValueTask<int> AnsweredAsync(Account account, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var stream in (await texts.OfPersonAsync(account.Person, cancellation))
            .Where(text => text.Stream.Kind == AggregateKind.Thread).Select(text => text.Stream).Distinct().TakeLast(MaxRead))
        {
            var voter = pseudonyms.Voter(stream.Campaign, Sessions.VoterOf(account.Id));
            if ((await engine.ReadAsync(stream, cancellation)).State is not CommentThread { Exists: true } thread
                || (await engine.ReadAsync(StreamId.Of(stream.Campaign, thread.Idea), cancellation)).State is not Idea idea
                || !idea.Status.IsPublic() || idea.Authors.Contains(voter))
                continue;
            count += AnsweredIn(thread, voter);
        }
        return count;
    }

    private static int AnsweredIn(CommentThread thread, VoterId voter)
    {
        var first = thread.Comments[0].Id;
        // A reply to the thread as a whole answers its first comment.
        var answered = thread.Comments.Skip(1).Where(reply => reply.IsVisible && reply.Author != voter).Select(reply => reply.ReplyTo ?? first).ToHashSet();
        return thread.Comments.Count(comment => comment.Author == voter && comment.IsVisible && answered.Contains(comment.Id));
    }

    private async ValueTask<IReadOnlyList<OwnIdea>> IdeasAsync(Account account, CancellationToken cancellation)
    {
        var streams = (await texts.OfPersonAsync(account.Person, cancellation))
            .Where(text => text.Stream.Kind == AggregateKind.Idea).Select(text => text.Stream).Distinct().TakeLast(MaxRead);
        var ideas = new List<OwnIdea>();
        foreach (var stream in streams)
        {
            if ((await engine.ReadAsync(stream, cancellation)).State is not Idea { Exists: true } idea
                || await catalog.FindAsync(stream.Campaign, cancellation) is not { } campaign
                || !idea.Authors.Contains(pseudonyms.Voter(campaign.Id, Sessions.VoterOf(account.Id))))
                continue;
            var text = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, cancellation);
            ideas.Add(new OwnIdea(
                campaign.Key, campaign.Text.Title, stream.Key.ToString(), text?.Title ?? "", IdeaStatusNames.Of(idea.Status), idea.Revisions[0].At, idea.Status.IsPublic()));
        }
        return [.. ideas.OrderByDescending(idea => idea.At)];
    }

    /// <summary>How many shipped ideas the person backed before the team had taken them up.</summary>
    private async ValueTask<int> EarlyBackedAsync(Account account, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var campaign in (await catalog.ListAsync(cancellation)).TakeLast(MaxRead))
        {
            var voter = pseudonyms.Voter(campaign.Id, Sessions.VoterOf(account.Id));
            if ((await engine.ReadAsync(StreamId.Of(campaign.Id, voter), cancellation)).State is not Voter { Version: > 0 } found)
                continue;
            var backed = new Dictionary<IdeaId, Instant>();
            foreach (var (idea, first) in found.Ballot.Approvals)
                backed[idea] = first;
            foreach (var (idea, investment) in found.Ballot.Investments)
                backed[idea] = backed.TryGetValue(idea, out var at) && at < investment.First ? at : investment.First;
            foreach (var (id, at) in backed)
            {
                if (await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id)?.Status == IdeaStatus.Shipped, cancellation)
                    && (await engine.ReadAsync(StreamId.Of(campaign.Id, id), cancellation)).State is Idea idea
                    && idea.Statuses.FirstOrDefault(step => step.Status is IdeaStatus.Planned or IdeaStatus.Building or IdeaStatus.Shipped) is { } takenUp
                    && at < takenUp.At)
                    count++;
            }
        }
        return count;
    }

    private static void Add(List<Badge> badges, string name, int count)
    {
        if (count > 0)
            badges.Add(new Badge(name, count));
    }
}
