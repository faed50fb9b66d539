using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace IdeaVote.Gateway.OpenApi;

/// <summary>The API's description at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    private const string Name = "v1";

    public static void AddDescription(this IServiceCollection services)
    {
        services.AddSingleton<IApiDescriptionProvider, EndpointDescriptions>();
        services.AddSingleton<IConfigureOptions<JsonOptions>, DescribedTypes>();
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                Introduce(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer<OperationFiller>();
            options.AddSchemaTransformer<OwnConverters>();
        });
    }

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        var provider = routes.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        // Made once, when first asked for: it says the same to everybody and takes a tenth of a second to make.
        var description = new Lazy<Task<byte[]>>(() => WriteAsync(provider));
        routes.MapGet("/openapi/v1.json", async context =>
        {
            var json = await description.Value;
            context.Response.ContentType = JsonResponse.Json;
            context.Response.ContentLength = json.Length;
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }).AllowsAnyone();
    }

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "IdeaVote",
            Version = "v1",
            Description = """
                Collect ideas, let people vote on them, and rank them.

                Every error is `application/problem+json` with a stable `code`. Writes answer with the header `IdeaVote-Position`; reads take it
                back in `IdeaVote-After` to include that write. Votes are states, not toggles, and safe to repeat. Unknown fields are refused by
                name. 503 with `Retry-After` means: send the same request again.

                Besides what each call names, any may answer, as does what is no call:

                - 400 `bad_request`, `invalid_voter`, `invalid_address`, `voter_required`
                - 401 `unauthenticated`, `invalid_token`
                - 403 `forbidden`
                - 404 `not_found`
                - 405 `method_not_allowed`
                - 408 `request_timeout`

                What is no HTTP is answered by the web server: 400, 411, 414, 431, 501 or 505 without a body.
                """,
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[OperationFiller.SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token of POST /api/v1/tokens, or the administrator's own.",
        };
        // Where it is served is where it was read from; the address of one machine says nothing to others.
        document.Servers = [];
    }

    /// <summary>Lets the description's generator see bodies exactly as the endpoints read and write them.</summary>
    private sealed class DescribedTypes(EndpointDataSource endpoints) : IConfigureOptions<JsonOptions>
    {
        public void Configure(JsonOptions options)
        {
            var docs = endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<EndpointDoc>()).OfType<EndpointDoc>();
            var types = docs.SelectMany(doc => doc.Bodies.Select(body => body.Type).Concat(doc.Answers.Select(answer => answer.Type))).OfType<JsonTypeInfo>();
            var resolvers = types.Select(type => type.OriginatingResolver).OfType<IJsonTypeInfoResolver>().Append(GatewayJson.Default).Distinct();
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var resolver in resolvers)
                options.SerializerOptions.TypeInfoResolverChain.Insert(0, resolver);
        }
    }
}
