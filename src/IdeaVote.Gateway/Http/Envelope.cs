using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Health;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Gateway.Http;

/// <summary>What every answer has in common: the security headers, and a problem as its body whenever something is wrong.</summary>
internal sealed class Envelope(RequestDelegate next, ILogger<Envelope> log, IServiceProvider services)
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Policy = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoStore = "no-store";

    private static readonly StringValues Close = "close";

    private readonly IPageRequests? pages = services.GetService<IPageRequests>();
    private readonly Draining? draining = services.GetService<Draining>();

    public async Task InvokeAsync(HttpContext context)
    {
        Prepare(context);
        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            if (!await AnswerAsync(context, e))
                throw;
            return;
        }
        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null)
            await AnswerStatusAsync(context, response.StatusCode);
    }

    private void Prepare(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = NoReferrer;
        headers.CacheControl = NoStore;
        if (draining?.HasBegun == true)
            headers.Connection = Close;
        pages?.Prepare(context);
    }

    private void Clear(HttpContext context)
    {
        context.Response.Clear();
        Prepare(context);
    }

    // False if nothing can be answered any more and the connection must be cut.
    private async ValueTask<bool> AnswerAsync(HttpContext context, Exception exception)
    {
        // The caller has gone: there is nobody to answer, and nothing went wrong here.
        if (IsGone(context, exception))
            return true;
        if (context.Response.HasStarted)
        {
            Log(context, exception, "failed after its answer had begun");
            return false;
        }
        Clear(context);
        switch (exception)
        {
            case ApiException e:
                await Problems.WriteAsync(context, e.Status, e.Code, e.Message, e.Field, e.RetryAfterSeconds);
                break;
            case BadHttpRequestException e:
                await AnswerStatusAsync(context, e.StatusCode);
                break;
            case JournalException or OperationCanceledException:
                Log(context, exception, "could not reach the journal");
                await Problems.WriteOutcomeUnknownAsync(context);
                break;
            default:
                Log(context, exception, "failed");
                await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here; it has been logged.");
                break;
        }
        return true;
    }

    // A broken connection fails the reading of a body a moment before the request counts as aborted.
    private static bool IsGone(HttpContext context, Exception exception) =>
        (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException and not BadHttpRequestException)
        || exception is ConnectionAbortedException or ConnectionResetException
        || exception.InnerException is ConnectionAbortedException or ConnectionResetException;

    // The route, not the path: paths hold voters' ids.
    private void Log(HttpContext context, Exception exception, string what) => log.LogError(
        exception, "{Method} {Route} {What}", context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)", what);

    private static Task AnswerStatusAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.WriteAsync(context, status, "not_found", "There is nothing here. The API is described at /openapi/v1.json."),
        StatusCodes.Status405MethodNotAllowed => Problems.WriteAsync(context, status, "method_not_allowed", "This address takes other methods; the header Allow names them."),
        StatusCodes.Status408RequestTimeout => Problems.WriteAsync(context, status, "request_timeout", "The request came too slowly."),
        StatusCodes.Status413PayloadTooLarge => Problems.WriteAsync(context, status, "too_large", "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => Problems.WriteAsync(context, status, "unsupported_media_type", "The body is of a content type that is not taken here."),
        _ => Problems.WriteAsync(context, status, status < 500 ? "bad_request" : "internal_error", status < 500 ? "The request is not well-formed." : "Something went wrong here."),
    };
}
