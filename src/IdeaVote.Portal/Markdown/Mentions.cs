using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IdeaVote.Portal.Markdown;

/// <summary>The people whom <c>@Name</c> in a text means: those who take part, and who show their profile.</summary>
public sealed class Mentions
{
    /// <summary>Nobody.</summary>
    public static readonly Mentions None = new([]);

    private readonly KeyValuePair<string, string>[] people;

    /// <summary>Knows these people.</summary>
    /// <param name="people">Each name and where it leads; of two of one name, the first.</param>
    public Mentions(IEnumerable<KeyValuePair<string, string>> people)
    {
        // The longest first: whoever says "@Ann Marie" does not mean Ann.
        this.people = [.. people.DistinctBy(static person => person.Key, StringComparer.OrdinalIgnoreCase).OrderByDescending(static person => person.Key.Length)];
    }

    /// <summary>Whether a text may mention anybody.</summary>
    public static bool MayBeIn(string text) => text.Contains('@', StringComparison.Ordinal);

    /// <summary>Whether a text mentions a person of this name.</summary>
    public static bool Names(string text, string name)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && Begins(text.AsSpan(at + 1), name))
                return true;
        return false;
    }

    /// <summary>Makes links of the mentions in a document; those in code and in links stay as they are.</summary>
    internal void Apply(MarkdownDocument document, Action<LinkInline> mark)
    {
        if (people.Length == 0)
            return;
        foreach (var literal in document.Descendants<LiteralInline>().ToArray())
            if (literal.FindParentOfType<LinkInline>().Any() is false)
                Apply(literal, mark);
    }

    private void Apply(LiteralInline literal, Action<LinkInline> mark)
    {
        var text = literal.Content.ToString();
        var done = 0;
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // An address has something before the sign.
            if (at < done || (at > 0 && char.IsLetterOrDigit(text[at - 1])) || Find(text.AsSpan(at + 1)) is not { } person)
                continue;
            if (at > done)
                literal.InsertBefore(new LiteralInline(text[done..at]));
            done = at + 1 + person.Key.Length;
            var link = new LinkInline(person.Value, "");
            link.AppendChild(new LiteralInline(text[at..done]));
            mark(link);
            literal.InsertBefore(link);
        }
        if (done == 0)
            return;
        if (done < text.Length)
            literal.InsertBefore(new LiteralInline(text[done..]));
        literal.Remove();
    }

    private KeyValuePair<string, string>? Find(ReadOnlySpan<char> rest)
    {
        foreach (var person in people)
            if (Begins(rest, person.Key))
                return person;
        return null;
    }

    private static bool Begins(ReadOnlySpan<char> rest, string name) =>
        rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsLetterOrDigit(rest[name.Length]));
}
