using System.Text.Json.Serialization.Metadata;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Builder;

namespace IdeaVote.Gateway.OpenApi;

/// <summary>What the API's description says of an endpoint.</summary>
/// <param name="summary">One line.</param>
public sealed class EndpointDoc(string summary)
{
    private readonly List<DocBody> bodies = [];
    private readonly List<DocAnswer> answers = [];
    private readonly List<DocParameter> parameters = [];
    private readonly SortedDictionary<int, List<string>> problems = [];

    /// <summary>One line.</summary>
    public string Summary { get; } = summary;

    /// <summary>What one line can't say; null for nothing.</summary>
    public string? Details { get; private set; }

    /// <summary>The bodies it takes, one a content type.</summary>
    public IReadOnlyList<DocBody> Bodies => bodies;

    /// <summary>What it answers when all is well.</summary>
    public IReadOnlyList<DocAnswer> Answers => answers;

    /// <summary>Its query parameters and headers.</summary>
    public IReadOnlyList<DocParameter> Parameters => parameters;

    /// <summary>The problems it answers besides those that any endpoint may, by status.</summary>
    public IReadOnlyDictionary<int, List<string>> Problems => problems;

    /// <summary>Says more, Markdown: limits above all.</summary>
    public EndpointDoc Note(string details)
    {
        Details = Details is null ? details : $"{Details}\n\n{details}";
        return this;
    }

    /// <summary>It takes a JSON body.</summary>
    /// <param name="type">What the body is.</param>
    /// <param name="example">A whole example, JSON.</param>
    /// <param name="maxBytes">The largest body taken.</param>
    /// <param name="required">Whether it must be there.</param>
    public EndpointDoc Takes(JsonTypeInfo type, string example, int maxBytes, bool required = true)
    {
        bodies.Add(new DocBody(type, JsonResponse.Json, example, maxBytes, required));
        return this;
    }

    /// <summary>It takes a body of another content type.</summary>
    /// <param name="contentType">The content type.</param>
    /// <param name="example">A whole example.</param>
    /// <param name="type">What one line or record of it is; null if it is no JSON.</param>
    public EndpointDoc Takes(string contentType, string example, JsonTypeInfo? type = null)
    {
        bodies.Add(new DocBody(type, contentType, example, null, true));
        return this;
    }

    /// <summary>It answers JSON.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">What the answer is.</param>
    /// <param name="contentType">Its content type.</param>
    public EndpointDoc Answer(int status, JsonTypeInfo type, string contentType = JsonResponse.Json)
    {
        answers.Add(new DocAnswer(status, type, contentType));
        return this;
    }

    /// <summary>It answers something else, or nothing.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="contentType">The content type; null for no body.</param>
    public EndpointDoc Answer(int status, string? contentType = null)
    {
        answers.Add(new DocAnswer(status, null, contentType));
        return this;
    }

    /// <summary>It takes a query parameter.</summary>
    public EndpointDoc Query(string name, string description, string? example = null)
    {
        parameters.Add(new DocParameter(name, description, example, IsHeader: false));
        return this;
    }

    /// <summary>It obeys a header.</summary>
    public EndpointDoc Header(string name, string description, string? example = null)
    {
        parameters.Add(new DocParameter(name, description, example, IsHeader: true));
        return this;
    }

    /// <summary>It obeys <c>IdeaVote-After</c>.</summary>
    public EndpointDoc ReadsAfter() => Header(Positions.AfterHeader, "A position that the answer must include; waits up to 2 seconds, else 503 `not_yet`.");

    /// <summary>It obeys <c>Idempotency-Key</c>.</summary>
    public EndpointDoc Repeatable() => Header(Idempotency.Header, "Makes the request safe to repeat for 24 hours; 1 to 200 printable ASCII characters.", "3f0c2d9e-first-try")
        .Problem(400, "invalid_idempotency_key").Problem(422, "idempotency_key_reused");

    /// <summary>It answers these problems.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The stable codes.</param>
    public EndpointDoc Problem(int status, params string[] codes)
    {
        if (!problems.TryGetValue(status, out var known))
            problems.Add(status, known = []);
        known.AddRange(codes.Where(code => !known.Contains(code)));
        return this;
    }
}

/// <summary>A body that an endpoint takes.</summary>
/// <param name="Type">What it, or one line of it, is; null if it is no JSON.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="Example">A whole example.</param>
/// <param name="MaxBytes">The largest taken; null if the size has no limit.</param>
/// <param name="Required">Whether it must be there.</param>
public sealed record DocBody(JsonTypeInfo? Type, string ContentType, string Example, int? MaxBytes, bool Required);

/// <summary>An answer when all is well.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">What it is; null if it is no JSON.</param>
/// <param name="ContentType">Its content type; null for no body.</param>
public sealed record DocAnswer(int Status, JsonTypeInfo? Type, string? ContentType);

/// <summary>A query parameter or header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Example">An example; null for none.</param>
/// <param name="IsHeader">Whether it is a header.</param>
public sealed record DocParameter(string Name, string Description, string? Example, bool IsHeader);

/// <summary>Describes endpoints.</summary>
public static class EndpointDocExtensions
{
    /// <summary>Says what the API's description tells of this endpoint. Endpoints without it are not in the description.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="summary">One line.</param>
    /// <param name="fill">Adds bodies, answers, parameters and problems.</param>
    public static TBuilder Describe<TBuilder>(this TBuilder builder, string summary, Action<EndpointDoc>? fill = null)
        where TBuilder : IEndpointConventionBuilder
    {
        var doc = new EndpointDoc(summary);
        fill?.Invoke(doc);
        builder.Add(endpoint => endpoint.Metadata.Add(doc));
        return builder;
    }
}
