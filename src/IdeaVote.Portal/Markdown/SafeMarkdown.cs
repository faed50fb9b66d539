using System.Text.Encodings.Web;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace IdeaVote.Portal.Markdown;

/// <summary>
/// Turns what people write into HTML that can do no harm: no HTML of theirs, links only to schemes on a list, no pictures from elsewhere, and
/// nothing that would look like a part of our page.
/// </summary>
public static class SafeMarkdown
{
    /// <summary>The least heading that a text gets: those above it are the page's own.</summary>
    private const int TopHeading = 3;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks(new Markdig.Extensions.AutoLinks.AutoLinkOptions { ValidPreviousCharacters = "*_~(", UseHttpsForWWWLinks = true })
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .ConfigureNewLine("\n")
        .Build();

    private static readonly string[] Schemes = ["https:", "http:", "mailto:"];

    /// <summary>A text as HTML.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="mentions">Who is meant by <c>@Name</c>; null for nobody.</param>
    public static MarkupString Render(string text, Mentions? mentions = null)
    {
        try
        {
            return new MarkupString(ToHtml(text, mentions));
        }
        catch (ArgumentException)
        {
            // Nested so deeply that nobody can have meant it: shown as it was typed.
            return new MarkupString($"<p>{HtmlEncoder.Default.Encode(text)}</p>");
        }
    }

    /// <summary>The beginning of a text without its marks, for cards and previews.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="maxChars">How much of it.</param>
    public static string Excerpt(string text, int maxChars)
    {
        // A few times as much Markdown gives enough words; a very long text is not read to its end for a card.
        var plain = ToPlain(text.Length > maxChars * 4 ? text[..(maxChars * 4)] : text).ReplaceLineEndings(" ").Trim();
        if (plain.Length <= maxChars)
            return plain;
        var end = plain.LastIndexOf(' ', maxChars - 1);
        end = end < maxChars / 2 ? maxChars - 1 : end;
        return plain[..(char.IsHighSurrogate(plain[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>Whether a link may lead there: an allowed scheme, or a place on this server.</summary>
    public static bool IsAllowed(string? url) =>
        url is not null
        && (Http.LocalUrl.IsLocal(url)
            || url.StartsWith('#')
            || Array.Exists(Schemes, scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)));

    private static string ToPlain(string text)
    {
        try
        {
            return Markdig.Markdown.ToPlainText(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static string ToHtml(string text, Mentions? mentions)
    {
        var document = Markdig.Markdown.Parse(text, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(6, heading.Level + TopHeading - 1);
        // Its class would be whatever stands behind the fence.
        foreach (var code in document.Descendants<FencedCodeBlock>())
            code.TryGetAttributes()?.Classes?.Clear();
        // Columns are aligned by inline styles, which our pages' policy does not let in.
        foreach (var column in document.Descendants<Table>().SelectMany(table => table.ColumnDefinitions))
            column.Alignment = null;
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            Tame(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToArray())
        {
            if (link.IsEmail || IsAllowed(link.Url))
                Mark(link);
            else
                link.ReplaceBy(new LiteralInline(link.Url));
        }
        mentions?.Apply(document, Mark);
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return html.ToString();
    }

    private static void Tame(LinkInline link)
    {
        if (link.GetDynamicUrl is not null)
            link.GetDynamicUrl = null;
        if (!IsAllowed(link.Url))
        {
            // What the link says stays; where it would lead does not.
            link.Url = null;
            link.IsImage = false;
            link.ReplaceBy(Children(link));
            return;
        }
        // A picture is fetched by everybody who looks, which tells a stranger who looks: it becomes a link.
        link.IsImage = false;
        if (link.FirstChild is null)
            link.AppendChild(new LiteralInline(link.Url!));
        Mark(link);
    }

    private static void Mark(Inline link) =>
        link.GetAttributes().AddPropertyIfNotExist("rel", "nofollow ugc noopener");

    private static ContainerInline Children(ContainerInline link)
    {
        var container = new ContainerInline();
        while (link.FirstChild is { } child)
        {
            child.Remove();
            container.AppendChild(child);
        }
        return container;
    }
}
