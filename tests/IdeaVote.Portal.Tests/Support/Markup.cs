using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>HTML, taken apart as a browser's tokenizer does, and fussier: what a careful page never has is an error.</summary>
public sealed class Markup
{
    private static readonly string[] Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    private Markup(ImmutableArray<Element> elements, string text)
    {
        Elements = elements;
        Text = text;
    }

    /// <summary>All elements, in the order of their start tags.</summary>
    public ImmutableArray<Element> Elements { get; }

    /// <summary>What it says.</summary>
    public string Text { get; }

    /// <summary>The elements of a name.</summary>
    public IEnumerable<Element> Of(params string[] names) => Elements.Where(element => names.Contains(element.Name));

    /// <summary>Takes HTML apart.</summary>
    /// <exception cref="FormatException">It has unescaped text, a comment, a doubled attribute, or an element that is not closed.</exception>
    public static Markup Read(string html)
    {
        var elements = new List<Element>();
        var open = new Stack<int>();
        var text = new StringBuilder();
        var page = new StrongBox<string>("");
        for (var at = 0; at < html.Length;)
        {
            if (html[at] != '<')
            {
                var end = html.IndexOf('<', at) is var next and >= 0 ? next : html.Length;
                text.Append(WebUtility.HtmlDecode(html[at..end]));
                at = end;
                continue;
            }
            if (html.AsSpan(at).StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase))
            {
                at += "<!doctype html>".Length;
                continue;
            }
            var isEnd = at + 1 < html.Length && html[at + 1] == '/';
            var start = at + (isEnd ? 2 : 1);
            if (start >= html.Length || !char.IsAsciiLetter(html[start]))
                throw Wrong(html, at, "a bare <");
            var (name, attributes, after) = ReadTag(html, start);
            if (isEnd)
            {
                if (open.Count == 0 || elements[open.Peek()].Name != name)
                    throw Wrong(html, at, $"</{name}> closes nothing");
                var closed = open.Pop();
                elements[closed] = elements[closed] with { End = elements.Count, Said = elements[closed].Said.Start..text.Length };
            }
            else
            {
                elements.Add(new Element(name, attributes, [.. open.Reverse().Select(index => elements[index].Name)], elements.Count, elements.Count + 1) { Said = text.Length..text.Length, Page = page });
                if (!Void.Contains(name) && html[after - 2] != '/')
                    open.Push(elements.Count - 1);
            }
            at = after;
        }
        if (open.Count > 0)
            throw new FormatException($"<{elements[open.Peek()].Name}> is not closed.");
        page.Value = text.ToString();
        return new Markup([.. elements], page.Value);
    }

    /// <summary>The elements within another.</summary>
    public IEnumerable<Element> Within(Element outer) => Elements.Where(element => element.Index > outer.Index && element.Index < outer.End);

    private static (string Name, Dictionary<string, string> Attributes, int After) ReadTag(string html, int at)
    {
        var start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>'))
            at++;
        var name = html[start..at].ToLowerInvariant();
        var attributes = new Dictionary<string, string>();
        while (true)
        {
            while (at < html.Length && (IsSpace(html[at]) || html[at] == '/'))
                at++;
            if (at >= html.Length)
                throw Wrong(html, start, "a tag without an end");
            if (html[at] == '>')
                return (name, attributes, at + 1);
            start = at;
            while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>' or '='))
                at++;
            var attribute = html[start..at].ToLowerInvariant();
            var value = "";
            if (at < html.Length && html[at] == '=')
            {
                if (at + 1 >= html.Length || html[at + 1] is not ('"' or '\'') || html.IndexOf(html[at + 1], at + 2) is not (var end and > 0))
                    throw Wrong(html, start, $"the attribute {attribute} has no quotes");
                value = WebUtility.HtmlDecode(html[(at + 2)..end]);
                at = end + 1;
            }
            if (!attributes.TryAdd(attribute, value))
                throw Wrong(html, start, $"the attribute {attribute} twice");
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    private static FormatException Wrong(string html, int at, string what) =>
        new($"{what}, at: {html[Math.Max(0, at - 40)..Math.Min(html.Length, at + 80)]}");
}

/// <summary>An element.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Attributes">Its attributes, decoded.</param>
/// <param name="Path">The names of the elements around it, outermost first.</param>
/// <param name="Index">The how manieth it is.</param>
/// <param name="End">The index behind the last element within it.</param>
public sealed record Element(string Name, Dictionary<string, string> Attributes, ImmutableArray<string> Path, int Index, int End)
{
    /// <summary>What the whole page says.</summary>
    internal StrongBox<string> Page { get; init; } = new("");

    /// <summary>Which part of that is its own.</summary>
    internal Range Said { get; init; }

    /// <summary>What it says.</summary>
    public string Text => Page.Value![Said];

    /// <summary>An attribute; null if it has none of this name.</summary>
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    /// <summary>Whether it has an attribute, of whatever value.</summary>
    public bool Has(string attribute) => Attributes.ContainsKey(attribute);
}
