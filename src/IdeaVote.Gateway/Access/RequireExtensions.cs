using IdeaVote.Engine.Access;
using Microsoft.AspNetCore.Builder;

namespace IdeaVote.Gateway.Access;

/// <summary>Says who may call an endpoint. Every endpoint must say it: one that does not stops the server from starting.</summary>
public static class RequireExtensions
{
    /// <summary>Only callers whose token has any of these scopes.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="anyOf">The scopes, any of which is enough; <see cref="Scopes.Admin"/> always is.</param>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Scopes anyOf)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new AccessRule(anyOf)));
        return builder;
    }

    /// <summary>Anyone, with or without a token.</summary>
    public static TBuilder AllowsAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Requires(Scopes.None);
}

/// <summary>Who may call an endpoint.</summary>
/// <param name="AnyOf">The scopes, any of which is enough; none for anyone.</param>
public sealed record AccessRule(Scopes AnyOf);
