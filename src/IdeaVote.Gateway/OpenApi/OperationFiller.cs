using System.Text.Json.Nodes;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Tokens;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace IdeaVote.Gateway.OpenApi;

/// <summary>Says in the description what an endpoint's <see cref="EndpointDoc"/> says: words, parameters, examples, problems, who may call.</summary>
internal sealed class OperationFiller : IOpenApiOperationTransformer
{
    internal const string SecurityScheme = "token";

    private static readonly Dictionary<string, string> PathParameters = new(StringComparer.Ordinal)
    {
        ["c"] = "The campaign's key.",
        ["i"] = "The idea: its id, or `ref:` and its reference, percent-encoded.",
        ["j"] = "The other idea: its id, or `ref:` and its reference, percent-encoded.",
        ["t"] = "The thread's id.",
        ["m"] = "The comment's id.",
        ["voter"] = "The id you know the voter by, 1 to 200 characters, percent-encoded.",
        ["id"] = "The token's id.",
    };

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EndpointDoc>().LastOrDefault() is not { } doc)
            return;
        var rule = metadata.OfType<AccessRule>().LastOrDefault();
        operation.Summary = doc.Summary;
        operation.Description = string.Join("\n\n", new[] { doc.Details, Who(rule), Limit(doc) }.Where(part => part is not null));
        if (rule is { AnyOf: not Scopes.None })
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] }];
        operation.Parameters = [.. Parameters(context.Description.RelativePath!, doc)];
        foreach (var body in doc.Bodies)
            await FillBodyAsync(operation, context, doc, body, cancellationToken);
        foreach (var answer in doc.Answers)
            await FillAnswerAsync(operation, context, doc, answer, cancellationToken);
        FillProblems(operation, EndpointDescriptions.ProblemsOf(doc, rule, !context.Description.ActionDescriptor.EndpointMetadata.OfType<AnyRate>().Any()));
    }

    private static string Who(AccessRule? rule) => rule is null or { AnyOf: Scopes.None }
        ? "Anyone may call this."
        : $"Needs a token with the scope {string.Join(" or ", ScopeNames.Of(rule.AnyOf | Scopes.Admin).Select(name => $"`{ScopeNames.Text(name)}`"))}.";

    private static string? Limit(EndpointDoc doc) =>
        doc.Bodies.Max(body => body.MaxBytes) is { } bytes ? $"The body is at most {bytes:N0} bytes." : null;

    private static IEnumerable<IOpenApiParameter> Parameters(string path, EndpointDoc doc)
    {
        foreach (var name in RoutePatternFactory.Parse(path).Parameters.Select(parameter => parameter.Name))
            yield return new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = PathParameters.GetValueOrDefault(name),
                Schema = Text(),
            };
        foreach (var parameter in doc.Parameters)
            yield return new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Schema = Text(),
                Example = parameter.Example is null ? null : JsonValue.Create(parameter.Example),
            };
    }

    private static async Task FillBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, EndpointDoc doc, DocBody body, CancellationToken cancellation)
    {
        if (operation.RequestBody?.Content?.TryGetValue(body.ContentType, out var media) != true || media is not OpenApiMediaType writable)
            return;
        var example = body.ContentType == JsonResponse.Json ? JsonNode.Parse(body.Example) : JsonValue.Create(body.Example);
        // As one of several, since an empty object as the only one is left out when the description is written.
        writable.Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal) { ["typical"] = new OpenApiExample { Value = example } };
        // The generator knows one type a body; where each content type has its own, the others are put right here.
        if (body.Type is null)
            writable.Schema = Text();
        else if (body.Type.Type != doc.Bodies.First(other => other.Type is not null).Type!.Type)
            writable.Schema = await context.GetOrCreateSchemaAsync(body.Type.Type, null, cancellation);
    }

    private static async Task FillAnswerAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, EndpointDoc doc, DocAnswer answer, CancellationToken cancellation)
    {
        if (answer.ContentType is null || operation.Responses?.TryGetValue(answer.Status.ToString(), out var response) != true
            || response?.Content?.TryGetValue(answer.ContentType, out var media) != true || media is not OpenApiMediaType writable)
            return;
        if (answer.Type is null)
            writable.Schema = Text();
        else if (answer.Type.Type != doc.Answers.First(other => other.Status == answer.Status && other.Type is not null).Type!.Type)
            writable.Schema = await context.GetOrCreateSchemaAsync(answer.Type.Type, null, cancellation);
    }

    private static void FillProblems(OpenApiOperation operation, SortedDictionary<int, List<string>> problems)
    {
        foreach (var (status, codes) in problems)
            if (operation.Responses?.TryGetValue(status.ToString(), out var response) == true && response is OpenApiResponse writable)
                writable.Description = string.Join(", ", codes.Select(code => $"`{code}`"));
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
