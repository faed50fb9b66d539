using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Access;

/// <summary>
/// Lets a request through to its endpoint only if its caller may call it, and not too often. An endpoint without a rule lets nobody in.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, CallerReader callers, RateGate rates, IServiceProvider services)
{
    private readonly ISessions? sessions = services.GetService<ISessions>();

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var headers = context.Request.Headers;
        if (headers.Authorization.Count == 0 && endpoint?.Metadata.GetMetadata<AnyRate>() is not null)
            return EnterAsync(context, Caller.Anonymous, null);
        var address = RateGate.KeyOf(context.Connection.RemoteIpAddress);
        if (sessions is not null && endpoint?.Metadata.GetMetadata<ByCallersSession>() is not null)
            return EnterPageAsync(context, address);
        if (headers.Authorization.Count > 0 && rates.WaitForToken(address) is var pause && pause > TimeSpan.Zero)
            return RateGate.RefuseAsync(context, pause);
        var caller = callers.Read(headers, out var failure);
        if (ReferenceEquals(failure, CallerFailure.InvalidToken))
            rates.CountWrongToken(address);
        var wait = rates.Count(address, caller);
        return wait > TimeSpan.Zero ? RateGate.RefuseAsync(context, wait) : EnterAsync(context, caller, failure);
    }

    private async Task EnterPageAsync(HttpContext context, ulong address)
    {
        // Before the session is looked for: that takes longer than counting.
        if (rates.Count(address, Caller.Anonymous) is var wait && wait > TimeSpan.Zero)
            await RateGate.RefuseAsync(context, wait);
        else
            await EnterAsync(context, await sessions!.ReadAsync(context), null);
    }

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
