using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IdeaVote.Gateway.OpenApi;

/// <summary>Describes what our own converters read and write, which the generator can't look into.</summary>
internal sealed class OwnConverters : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo;
        switch (context.JsonPropertyInfo?.CustomConverter ?? type.Converter)
        {
            case IWords words:
                Describe(schema, words);
                break;
            case ExactDecimalConverter:
                (schema.Type, schema.Format, schema.Pattern) = (JsonSchemaType.Number, null, null);
                break;
            case IsoTimeConverter:
                (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
                break;
            case OptionalIsoTimeConverter:
                (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time");
                break;
            default:
                if (type.Kind == JsonTypeInfoKind.Enumerable && type.Options.GetTypeInfo(type.ElementType!).Converter is IWords items)
                {
                    var item = new OpenApiSchema();
                    Describe(item, items);
                    schema.Items = item;
                }
                break;
        }
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiSchema schema, IWords words) =>
        (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. words.Words.Select(word => JsonValue.Create(word))]);
}
