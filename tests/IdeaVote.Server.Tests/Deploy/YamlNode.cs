using YamlDotNet.RepresentationModel;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>A node of a YAML document; what is missing fails with its place.</summary>
/// <param name="node">The node.</param>
/// <param name="place">Where it is.</param>
internal sealed class YamlNode(YamlDotNet.RepresentationModel.YamlNode node, string place)
{
    private readonly YamlDotNet.RepresentationModel.YamlNode node = node;
    private readonly string place = place;

    /// <summary>All documents of a text.</summary>
    public static IEnumerable<YamlNode> ParseAll(string text, string place)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select((document, number) => new YamlNode(document.RootNode, $"{place}[{number}]"));
    }

    /// <summary>The value of a key.</summary>
    public YamlNode this[string key] => Find(key).ShouldNotBeNull($"{place} has no {key}");

    /// <summary>The text of a scalar.</summary>
    public string Text => (node as YamlScalarNode).ShouldNotBeNull($"{place} is no text").Value!;

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<YamlNode> Items => [.. (node as YamlSequenceNode).ShouldNotBeNull($"{place} is no list").Select((item, number) => new YamlNode(item, $"{place}/{number}"))];

    /// <summary>The keys and values of a map.</summary>
    public IReadOnlyDictionary<string, YamlNode> Map => (node as YamlMappingNode).ShouldNotBeNull($"{place} is no map").Children
        .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => new YamlNode(pair.Value, $"{place}/{pair.Key}"));

    /// <summary>Whether it is a list.</summary>
    public bool IsList => node is YamlSequenceNode;

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => node is YamlMappingNode;

    /// <summary>The map together with that which it names under <c>&lt;&lt;</c>, as compose reads it.</summary>
    public YamlNode Merged
    {
        get
        {
            if (Find("<<") is not { node: YamlMappingNode shared } || node is not YamlMappingNode own)
                return this;
            var all = new YamlMappingNode(own.Children.Where(pair => pair.Key is not YamlScalarNode { Value: "<<" }));
            foreach (var (key, value) in shared.Children)
                all.Children.TryAdd(key, value);
            return new YamlNode(all, place);
        }
    }

    /// <summary>The value of a key; null if there is none.</summary>
    public YamlNode? Find(string key) => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? new YamlNode(value, $"{place}/{key}") : null;

    /// <summary>The text of a key's value; null if there is none.</summary>
    public string? TextOf(string key) => Find(key)?.Text;

    /// <inheritdoc/>
    public override string ToString() => place;
}
