using System.Text;

namespace IdeaVote.Cli.Api;

/// <summary>A path below the API's root with its parameters.</summary>
/// <param name="path">The path, escaped.</param>
internal sealed class QueryPath(string path)
{
    private readonly StringBuilder text = new(path);
    private char next = '?';

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null to leave it out.</param>
    public QueryPath With(string name, string? value)
    {
        if (value is null)
            return this;
        text.Append(next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        next = '&';
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
