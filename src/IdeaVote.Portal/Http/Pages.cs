using System.Text;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.News;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Portal.Http;

/// <summary>Renders pages. A page is a component that is given all it shows; nothing is asked for while it renders.</summary>
/// <param name="services">What the renderer asks for.</param>
/// <param name="logs">Where the renderer logs.</param>
/// <param name="visits">Knows who looks.</param>
/// <param name="bell">Counts what is news to them.</param>
internal sealed class Pages(IServiceProvider services, ILoggerFactory logs, Visits visits, NewsBell bell)
{
    /// <summary>The header with which our own modules ask for a part of a page instead of the whole.</summary>
    public const string FragmentHeader = "IdeaVote-Fragment";

    private const string ContentType = "text/html; charset=utf-8";

    /// <summary>Whether a module asks for a part of a page.</summary>
    public static bool WantsFragment(HttpContext context) => context.Request.Headers.ContainsKey(FragmentHeader);

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="frame">What the page around it shows.</param>
    /// <param name="model">What the page shows.</param>
    /// <param name="status">The HTTP status.</param>
    public async Task WriteAsync<TPage, TModel>(HttpContext context, Frame frame, TModel model, int status = StatusCodes.Status200OK)
        where TPage : Page<TModel>
    {
        var visit = visits.Of(context);
        await CountNewsAsync(visit, context.RequestAborted);
        await WriteAsync(context, status, await RenderAsync<TPage, TModel>(visit, frame, model));
    }

    /// <summary>Counts what the page's bell shows, if that has not been done.</summary>
    internal async ValueTask CountNewsAsync(Visit visit, CancellationToken cancellation) => visit.Unseen ??= await bell.CountAsync(visit, cancellation);

    /// <summary>Answers with a part of a page alone.</summary>
    /// <param name="context">The request.</param>
    /// <param name="model">What the part shows.</param>
    /// <param name="status">The HTTP status.</param>
    public async Task WriteFragmentAsync<TPart, TModel>(HttpContext context, TModel model, int status = StatusCodes.Status200OK)
        where TPart : Page<TModel> => await WriteAsync(context, status, await RenderPartAsync<TPart, TModel>(visits.Of(context), model));

    /// <summary>Answers with a template whose gaps are filled.</summary>
    internal static async Task WriteAsync(HttpContext context, Template template, Filling filling)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.ContentLength = template.LengthWith(filling);
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        template.WriteTo(response.BodyWriter, filling);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Renders a page.</summary>
    internal Task<StringBuilder> RenderAsync<TPage, TModel>(Visit visit, Frame frame, TModel model)
        where TPage : Page<TModel> => RenderAsync<Document>(new(StringComparer.Ordinal)
        {
            [nameof(Document.Visit)] = visit,
            [nameof(Document.Frame)] = frame,
            [nameof(Document.Content)] = Content<TPage, TModel>(model),
        });

    /// <summary>Renders a part of a page.</summary>
    internal Task<StringBuilder> RenderPartAsync<TPart, TModel>(Visit visit, TModel model)
        where TPart : Page<TModel> => RenderAsync<Fragment>(new(StringComparer.Ordinal)
        {
            [nameof(Fragment.Visit)] = visit,
            [nameof(Fragment.Content)] = Content<TPart, TModel>(model),
        });

    private static RenderFragment Content<TPart, TModel>(TModel model)
        where TPart : Page<TModel> => builder =>
        {
            builder.OpenComponent(0, typeof(TPart));
            builder.AddComponentParameter(1, nameof(Page<TModel>.Model), model);
            builder.CloseComponent();
        };

    private async Task<StringBuilder> RenderAsync<TRoot>(Dictionary<string, object?> parameters)
        where TRoot : IComponent
    {
        // Rendered whole before anything is sent: a page that fails becomes an error page, never half a page.
        using var text = new StringWriter();
        await using var renderer = new HtmlRenderer(services, logs);
        await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TRoot>(ParameterView.FromDictionary(parameters))).WriteHtmlTo(text));
        return text.GetStringBuilder();
    }

    private static async Task WriteAsync(HttpContext context, int status, StringBuilder html)
    {
        var length = 0;
        foreach (var chunk in html.GetChunks())
            length += Encoding.UTF8.GetByteCount(chunk.Span);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        foreach (var chunk in html.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, response.BodyWriter);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
