using System.Collections.Immutable;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Ideas;

/// <summary>Checks what callers write into ideas and brings it to its one form.</summary>
internal static class IdeaInput
{
    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitle = 200;

    /// <summary>The longest body or answer, in characters.</summary>
    public const int MaxBody = 20_000;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxTag = 50;

    /// <summary>A title.</summary>
    /// <exception cref="ApiException">It is not one.</exception>
    public static string Title(string? title) => TextRules.Line(title, "title", MaxTitle);

    /// <summary>A body.</summary>
    /// <exception cref="ApiException">It is not one.</exception>
    public static string Body(string? body) => TextRules.Body(body, "body", MaxBody);

    /// <summary>An answer; null for an empty one.</summary>
    /// <exception cref="ApiException">It is not one.</exception>
    public static string? Answer(string? answer) =>
        string.IsNullOrWhiteSpace(answer) ? null : TextRules.Body(answer, "answer", MaxBody);

    /// <summary>Tags, each once, in the caller's order.</summary>
    /// <exception cref="ApiException">One is not a tag, or there are too many.</exception>
    public static IReadOnlyList<string> Tags(IReadOnlyList<string>? tags)
    {
        if (tags is null)
            return [];
        // Looked at before they are gone through: each one costs a hash.
        if (tags.Count > Idea.MaxTags)
            throw CommonProblems.Invalid("tags", $"An idea has at most {Idea.MaxTags} tags.");
        return [.. tags.Select(static tag => Tag(tag, "tags")).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A tag in its one written form.</summary>
    /// <param name="tag">What the caller sent.</param>
    /// <param name="field">Where it stood.</param>
    /// <exception cref="ApiException">It is not one.</exception>
    public static string Tag(string? tag, string field) => Nfc.Normalise(TextRules.Line(tag, field, MaxTag));

    /// <summary>A reference in its one written form; null for none.</summary>
    /// <exception cref="ApiException">It is not one.</exception>
    public static string? Reference(string? reference) =>
        reference is null ? null : Nfc.Normalise(TextRules.Line(reference, "reference", IdeaNames.MaxReference));

    /// <summary>A cost; null for unknown.</summary>
    /// <exception cref="ApiException">It is out of range.</exception>
    public static decimal? Cost(decimal? cost) => cost is < 0 or > Idea.MaxCost
        ? throw CommonProblems.Invalid("cost", $"A cost is 0 to {Idea.MaxCost}.")
        : cost;

    /// <summary>What stands for tags in events.</summary>
    public static ImmutableArray<TermId> Terms(IEnumerable<string> tags, CampaignId campaign, Pseudonyms pseudonyms) =>
        [.. tags.Select(tag => pseudonyms.Tag(campaign, tag))];
}
