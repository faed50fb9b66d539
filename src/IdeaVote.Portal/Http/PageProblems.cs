using System.Globalization;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Http;

/// <summary>Shows what is wrong as a page: in the person's language where the code has a text, with a way on.</summary>
internal sealed class PageProblems(IServiceProvider services) : IProblemWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Problem problem)
    {
        var visit = services.GetRequiredService<Visits>().Of(context);
        var needsCaller = problem.Status == StatusCodes.Status401Unauthorized;
        // What takes a token (an operator's dashboard, for one) knows no session: whoever signed in for it would be sent there again and again.
        var canSignIn = needsCaller && context.GetEndpoint()?.Metadata.GetMetadata<ByCallersSession>() is not null;
        if (canSignIn && HttpMethods.IsGet(context.Request.Method) && !Pages.WantsFragment(context))
        {
            context.Response.Redirect(visit.Url($"/sign-in?to={Uri.EscapeDataString(visit.Here)}"));
            return Task.CompletedTask;
        }
        if (needsCaller && !canSignIn)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        var pages = services.GetRequiredService<Pages>();
        var model = new ProblemModel(problem.Status, Explain(visit, problem), canSignIn);
        return Pages.WantsFragment(context)
            ? pages.WriteFragmentAsync<ProblemNotice, ProblemModel>(context, model, problem.Status)
            : pages.WriteAsync<ProblemPage, ProblemModel>(context, new Frame(visit["problem.title"]), model, problem.Status);
    }

    /// <summary>The status of a page that shows a form again with what is wrong in it. Of who did something too often it says when to come again.</summary>
    public static int StatusOf(HttpContext context, ApiException e)
    {
        if (e.Status != StatusCodes.Status429TooManyRequests)
            return StatusCodes.Status422UnprocessableEntity;
        context.Response.Headers.RetryAfter = (e.RetryAfterSeconds ?? 60).ToString(CultureInfo.InvariantCulture);
        return e.Status;
    }

    /// <summary>What a code means, in the person's words, some of which quote the API's; where there are none, as the API says it.</summary>
    public static string Explain(Visit visit, Problem problem) =>
        visit.Language.Has("problem." + problem.Code) ? visit.Language.Format("problem." + problem.Code, problem.Detail) : problem.Detail;
}

/// <summary>What an error page shows.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="CanSignIn">Whether signing in may help.</param>
public sealed record ProblemModel(int Status, string Text, bool CanSignIn);
