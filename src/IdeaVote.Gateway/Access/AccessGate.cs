using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Access;

/// <summary>Lets a request through to its endpoint only if its caller may call it. An endpoint without a rule lets nobody in.</summary>
internal sealed class AccessGate(RequestDelegate next, CallerReader callers, IServiceProvider services)
{
    private readonly ISessions? sessions = services.GetService<ISessions>();

    public Task InvokeAsync(HttpContext context)
    {
        if (sessions is not null && context.GetEndpoint()?.Metadata.GetMetadata<ByCallersSession>() is not null)
            return EnterPageAsync(context);
        var caller = callers.Read(context.Request.Headers, out var failure);
        return EnterAsync(context, caller, failure);
    }

    private async Task EnterPageAsync(HttpContext context) => await EnterAsync(context, await sessions!.ReadAsync(context), null);

    private Task EnterAsync(HttpContext context, Caller caller, CallerFailure? failure)
    {
        // What the router itself answers (no such method) is no RouteEndpoint and needs no rule.
        if (failure is null && context.GetEndpoint() is RouteEndpoint endpoint)
            failure = Check(endpoint.Metadata.GetMetadata<AccessRule>(), caller);
        if (failure is not null)
            return Problems.WriteAsync(context, failure.Status, failure.Code, failure.Detail, failure.Field);
        if (!ReferenceEquals(caller, Caller.Anonymous))
            context.Features.Set(caller);
        return next(context);
    }

    private static CallerFailure? Check(AccessRule? rule, Caller caller) => rule switch
    {
        { AnyOf: Scopes.None } => null,
        not null when caller.Has(rule.AnyOf) => null,
        _ => caller.Token is null ? CallerFailure.Unauthenticated : CallerFailure.Forbidden,
    };
}
