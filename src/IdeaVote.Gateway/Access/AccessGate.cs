using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Access;

/// <summary>Lets a request through to its endpoint only if its caller may call it. An endpoint without a rule lets nobody in.</summary>
internal sealed class AccessGate(RequestDelegate next, CallerReader callers)
{
    public Task InvokeAsync(HttpContext context)
    {
        var caller = callers.Read(context.Request.Headers, out var failure);
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
