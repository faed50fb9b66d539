using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.News;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.News;

/// <summary>Reads what is news to a person, over all campaigns in which something happened.</summary>
/// <param name="reader">Knows what happened.</param>
/// <param name="words">Has the words.</param>
/// <param name="catalog">Has the campaigns.</param>
/// <param name="texts">Knows whose the comments are.</param>
/// <param name="accounts">Knows who that is.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class NewsDesk(NewsReader reader, NewsTexts words, CampaignCatalog catalog, ITextStore texts, IAccountStore accounts, Pseudonyms pseudonyms)
{
    /// <summary>The most campaigns that are looked at, those where something happened last.</summary>
    private const int MaxCampaigns = 50;

    private const int ExcerptChars = 280;

    /// <summary>Changes whenever something happens that may be news to somebody.</summary>
    public long Changes => reader.Changes;

    /// <summary>Since when a person has not seen what happened.</summary>
    public static Instant SeenBy(Account account) => account.NewsSeen ?? account.Created;

    /// <summary>How much is new to a person, counted up to a number.</summary>
    public async ValueTask<int> CountAsync(Account account, int max, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var campaign in await reader.ActiveAsync(SeenBy(account), MaxCampaigns, cancellation))
        {
            count += (await OfAsync(campaign, account, SeenBy(account), max, cancellation)).Count;
            if (count >= max)
                return max;
        }
        return count;
    }

    /// <summary>The newest news of a person after a moment.</summary>
    public async ValueTask<IReadOnlyList<NewsEntry>> ReadAsync(Account account, Instant after, int max, CancellationToken cancellation)
    {
        var entries = new List<NewsEntry>();
        foreach (var campaign in await reader.ActiveAsync(after, MaxCampaigns, cancellation))
            if (await catalog.FindAsync(campaign, cancellation) is { } view)
                entries.AddRange(await EntriesAsync(view, account, await OfAsync(campaign, account, after, max, cancellation), cancellation));
        return [.. entries.OrderByDescending(entry => entry.At).Take(max)];
    }

    /// <summary>What has become of the ideas that a person backs or wrote in one campaign, the newest first.</summary>
    public async ValueTask<IReadOnlyList<NewsEntry>> StepsAsync(CampaignView campaign, Account account, int max, CancellationToken cancellation)
    {
        var items = await reader.ReadAsync(campaign.Id, VoterOf(campaign.Id, account), new Instant(long.MinValue), NewsReader.MaxSteps, cancellation);
        return await EntriesAsync(campaign, account, [.. items.Where(item => item.Kind is NewsKind.Status or NewsKind.Results).Take(max)], cancellation);
    }

    /// <summary>What is news in one campaign: of what is said in discussions that the person is part of, only what mentions them.</summary>
    private async ValueTask<IReadOnlyList<NewsItem>> OfAsync(CampaignId campaign, Account account, Instant after, int max, CancellationToken cancellation)
    {
        var voter = VoterOf(campaign, account);
        var items = await reader.ReadAsync(campaign, voter, after, max, cancellation);
        NewsItem[] said = [.. items.Where(item => item.Kind == NewsKind.Discussion)];
        if (said.Length == 0)
            return items;
        var mentions = account.HidesProfile
            ? []
            : said.Zip(await words.ReadAsync(campaign, voter, said, cancellation)).Where(pair => pair.Second.Text is { } text && Mentions.Names(text, account.Name)).Select(pair => pair.First).ToHashSet();
        return [.. items.Where(item => item.Kind != NewsKind.Discussion || mentions.Contains(item))];
    }

    private async ValueTask<IReadOnlyList<NewsEntry>> EntriesAsync(
        CampaignView campaign, Account account, IReadOnlyList<NewsItem> items, CancellationToken cancellation)
    {
        var said = await words.ReadAsync(campaign.Id, VoterOf(campaign.Id, account), items, cancellation);
        var documents = await texts.GetManyAsync([.. items.Where(item => item is { Place: not null, IsTeam: false }).Select(item => item.Text).OfType<TextId>()], cancellation);
        var people = await accounts.FindByPersonsAsync([.. documents.Values.Select(document => document.Owner).OfType<PersonId>().Distinct()], cancellation);
        return [.. items.Zip(said, (item, word) => new NewsEntry(
            KindOf(item.Kind), item.At, campaign.Text.Title, word.IsSeen ? UrlOf(campaign.Key, item, word) : null, word.Title,
            word.Text is { } text ? SafeMarkdown.Excerpt(text, ExcerptChars) : "", item.At > SeenBy(account))
        {
            Status = item.Kind == NewsKind.Status ? IdeaStatusNames.Of(item.Status.New) : null,
            HasMoved = item.Status.Old != item.Status.New,
            IsOwn = item.IsOwn,
            Credits = item.CreditsReturned,
            IsCorrection = item.IsCorrection,
            Author = item is { Place: not null, IsTeam: false } ? [NameOf(item)] : [],
            Reason = item.Concern is { } concern ? ConcernNames.Of(concern) : null,
        })];

        AuthorName NameOf(NewsItem item)
        {
            var author = item.Text is { } id && documents.TryGetValue(id, out var document) && document.Owner is { } owner ? people.GetValueOrDefault(owner) : null;
            return new AuthorName(author?.Name, author is { HidesProfile: false } ? author.Id.ToString() : null);
        }
    }

    private VoterId VoterOf(CampaignId campaign, Account account) => pseudonyms.Voter(campaign, Sessions.VoterOf(account.Id));

    private static string UrlOf(string campaign, NewsItem item, NewsWords word) => item switch
    {
        { Idea: null } => $"/c/{campaign}/results",
        { Place: { } place } => $"/c/{campaign}/ideas/{item.Idea}?thread={place.Thread}#m-{place.Comment}",
        _ => $"/c/{campaign}/ideas/{item.Idea}{(word.Text is null ? "" : "#answer")}",
    };

    private static string KindOf(NewsKind kind) => kind switch
    {
        NewsKind.Status => "status",
        NewsKind.Results => "results",
        NewsKind.Reply => "reply",
        NewsKind.Comment => "comment",
        NewsKind.Discussion => "mention",
        _ => "hidden",
    };
}
