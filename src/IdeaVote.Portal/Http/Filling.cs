using System.Text;
using System.Text.Encodings.Web;

namespace IdeaVote.Portal.Http;

/// <summary>What fills a template's gaps on one visit.</summary>
/// <param name="visit">The visit.</param>
internal sealed class Filling(Visit visit)
{
    private readonly byte[]?[] values = new byte[Enum.GetValues<Gap>().Length][];

    /// <summary>The items of the page's list.</summary>
    public IReadOnlyList<Template> Items { get; init; } = [];

    /// <summary>Where the page's live changes come from; null for nowhere.</summary>
    public string? Live { get; init; }

    /// <summary>Where the list goes on; null at its end.</summary>
    public string? Next { get; init; }

    /// <summary>The link to share; null where there is none.</summary>
    public string? Share { get; init; }

    /// <summary>What fills a gap, escaped.</summary>
    public ReadOnlySpan<byte> this[Gap gap] => values[(int)gap] ??= Encoding.UTF8.GetBytes(HtmlEncoder.Default.Encode(Text(gap) ?? ""));

    private string? Text(Gap gap) => gap switch
    {
        Gap.FormToken => visit.FormToken(),
        Gap.Name => visit.Account?.Name,
        Gap.Initial => visit.Initial,
        Gap.Here => visit.Here,
        Gap.Live => Live is null ? null : visit.Url(Live),
        Gap.Next => Next is null ? null : visit.Url(Next),
        Gap.Share => Share,
        _ => throw new ArgumentOutOfRangeException(nameof(gap)),
    };
}
