using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.OpenApi;

/// <summary>
/// Tells the description's generator which endpoints there are. It would find out by itself only for handlers whose
/// parameters are bound by the framework, which costs every request; ours take the bare request.
/// </summary>
internal sealed class EndpointDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<EndpointDoc>() is { } doc && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } methods)
                context.Results.Add(Describe(endpoint, doc, methods.HttpMethods[0]));
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        // Nothing to put right.
    }

    private static ApiDescription Describe(RouteEndpoint endpoint, EndpointDoc doc, string method)
    {
        var description = new ApiDescription
        {
            HttpMethod = method,
            RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'),
            ActionDescriptor = new ActionDescriptor
            {
                DisplayName = endpoint.DisplayName,
                EndpointMetadata = [.. endpoint.Metadata],
                RouteValues = new Dictionary<string, string?>(StringComparer.Ordinal) { ["controller"] = Tag(endpoint) },
            },
        };
        foreach (var answers in doc.Answers.GroupBy(answer => answer.Status))
            description.SupportedResponseTypes.Add(new ApiResponseType
            {
                StatusCode = answers.Key,
                Type = answers.FirstOrDefault(answer => answer.Type is not null)?.Type?.Type,
                ApiResponseFormats = [.. answers.Where(answer => answer.ContentType is not null).Select(answer => new ApiResponseFormat { MediaType = answer.ContentType! })],
            });
        foreach (var status in ProblemsOf(doc, endpoint.Metadata.GetMetadata<AccessRule>(), endpoint.Metadata.GetMetadata<AnyRate>() is null).Keys)
            description.SupportedResponseTypes.Add(new ApiResponseType
            {
                StatusCode = status,
                Type = typeof(ProblemBody),
                ApiResponseFormats = [new ApiResponseFormat { MediaType = Problems.ContentType }],
            });
        if (doc.Bodies.Count > 0)
        {
            description.ParameterDescriptions.Add(new ApiParameterDescription
            {
                Name = "body",
                Source = BindingSource.Body,
                Type = doc.Bodies.FirstOrDefault(body => body.Type is not null)?.Type?.Type ?? typeof(string),
                IsRequired = doc.Bodies.All(body => body.Required),
            });
            foreach (var body in doc.Bodies)
                description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = body.ContentType });
        }
        return description;
    }

    /// <summary>The problems of an endpoint: its own, and those that any endpoint of its kind may answer.</summary>
    internal static SortedDictionary<int, List<string>> ProblemsOf(EndpointDoc doc, AccessRule? rule, bool isLimited)
    {
        var all = new SortedDictionary<int, List<string>>();
        foreach (var (status, codes) in doc.Problems)
            Add(status, [.. codes]);
        if (rule is { AnyOf: not Engine.Access.Scopes.None })
        {
            Add(401, "unauthenticated", "invalid_token");
            Add(403, "forbidden");
            Add(503, "overloaded", "outcome_unknown");
        }
        if (isLimited)
            Add(429, "rate_limited");
        if (doc.Bodies.Any(body => body.MaxBytes is not null))
        {
            Add(400, "malformed_json", "unknown_field", "duplicate_field", "missing_field", "invalid_field", "invalid_text", "too_long");
            Add(413, "too_large");
        }
        if (doc.Bodies.Count > 0)
            Add(415, "unsupported_media_type");
        if (doc.Parameters.Any(parameter => !parameter.IsHeader))
            Add(400, "unknown_field", "duplicate_field", "invalid_field", "too_long");
        if (doc.Parameters.Any(parameter => parameter.Name == Positions.AfterHeader))
        {
            Add(400, "invalid_position");
            Add(503, "not_yet");
        }
        return all;

        void Add(int status, params string[] codes)
        {
            if (!all.TryGetValue(status, out var known))
                all.Add(status, known = []);
            known.AddRange(codes.Where(code => !known.Contains(code, StringComparer.Ordinal)));
        }
    }

    /// <summary>What endpoints are grouped by: the last plain word of the path, or the one before a variable part.</summary>
    private static string Tag(RouteEndpoint endpoint)
    {
        var words = endpoint.RoutePattern.RawText!.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.StartsWith('{') && word is not ("api" or "v1")).ToList();
        return words.Count switch
        {
            0 => "site",
            1 => words[0],
            _ when words[0] == "healthz" => "health",
            _ => words[1],
        };
    }
}
