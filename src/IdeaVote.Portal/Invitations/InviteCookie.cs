using System.Globalization;
using IdeaVote.Domain.Kernel;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Invitations;

/// <summary>An invitation that somebody followed and has not taken up yet.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Idea">The idea that was shared; null for the campaign.</param>
/// <param name="Code">The code of who shared it.</param>
/// <param name="Until">Until when it can be taken up, in hours since 1970.</param>
internal sealed record PendingInvitation(CampaignId Campaign, IdeaId? Idea, string Code, int Until);

/// <summary>
/// Keeps the invitations that a browser followed, the first of each campaign, for 30 days. It says nothing of who invited, and whoever changes
/// it gains nothing: what counts is the code.
/// </summary>
internal static class InviteCookie
{
    /// <summary>For how many days an invitation can be taken up.</summary>
    public const int Days = 30;

    private const string Name = "ideavote-invited";
    private const int MaxKept = 8;
    private const int MaxChars = 1_000;
    private const int HourMilliseconds = 3_600_000;

    /// <summary>The invitations that can still be taken up, the oldest first.</summary>
    public static IReadOnlyList<PendingInvitation> Read(HttpContext context, Instant now)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and <= MaxChars } text)
            return [];
        return [.. text.Split('.').Select(Parse).OfType<PendingInvitation>().Where(one => one.Until > HourOf(now)).DistinctBy(one => one.Campaign).Take(MaxKept)];
    }

    /// <summary>Adds one, unless there is one for its campaign. Of very many, the oldest is forgotten.</summary>
    public static void Add(HttpContext context, CampaignId campaign, IdeaId? idea, string code, Instant now)
    {
        var kept = Read(context, now);
        if (kept.All(one => one.Campaign != campaign))
            Write(context, [.. kept.TakeLast(MaxKept - 1), new PendingInvitation(campaign, idea, code, HourOf(now) + 24 * Days)], now);
    }

    /// <summary>Forgets those of a campaign; of all campaigns for null.</summary>
    public static void Remove(HttpContext context, CampaignId? campaign, Instant now)
    {
        if (context.Request.Cookies.ContainsKey(Name))
            Write(context, campaign is null ? [] : [.. Read(context, now).Where(one => one.Campaign != campaign)], now);
    }

    private static void Write(HttpContext context, IReadOnlyList<PendingInvitation> pending, Instant now)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };
        if (pending.Count == 0)
        {
            context.Response.Cookies.Delete(Name, options);
            return;
        }
        options.MaxAge = TimeSpan.FromHours(pending.Max(one => one.Until) - HourOf(now));
        context.Response.Cookies.Append(
            Name, string.Join('.', pending.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Campaign}~{one.Idea}~{one.Code}~{one.Until}"))), options);
    }

    private static PendingInvitation? Parse(string text) =>
        text.Split('~') is [var campaign, var idea, { Length: InviteCodes.Length } code, var until]
        && Id.TryParse(campaign, out var of) && (idea.Length == 0 || Id.TryParse(idea, out _))
        && int.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            ? new PendingInvitation(new CampaignId(of), idea.Length == 0 ? null : new IdeaId(Id.Parse(idea)), code, hour)
            : null;

    private static int HourOf(Instant now) => (int)(now.UnixMilliseconds / HourMilliseconds);
}
