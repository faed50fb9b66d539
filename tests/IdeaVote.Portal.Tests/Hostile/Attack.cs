namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Something that nobody types who means well.</summary>
/// <param name="Kind">What it tries.</param>
/// <param name="Encoded">It, as it stands in the body of a form or in a query.</param>
public sealed record Attack(string Kind, string Encoded)
{
    /// <summary>How much of it a query can hold: the server takes lines of 8 KiB.</summary>
    private const int MaxQueryChars = 6_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Attack> All { get; } =
    [
        .. Of("markup", MarkupAttacks.All), .. Of("link", MarkupAttacks.Links), .. Of("injection", InjectionAttacks.All), .. Of("unicode", UnicodeAttacks.All),
        .. Of("number", ValueAttacks.Numbers), .. Of("time", ValueAttacks.Times), .. Of("size", ValueAttacks.Sizes), .. Of("elsewhere", ValueAttacks.Elsewhere),
        .. UnicodeAttacks.Bytes.Select(static bytes => new Attack("bytes", bytes)),
    ];

    /// <summary>Whether it fits into the first line of a request.</summary>
    public bool FitsQuery => Encoded.Length <= MaxQueryChars;

    public override string ToString() => $"{Kind}: {(Encoded.Length <= 120 ? Encoded : $"{Encoded[..120]}… ({Encoded.Length})")}";

    private static IEnumerable<Attack> Of(string kind, IEnumerable<string> texts) => texts.Select(text => new Attack(kind, Uri.EscapeDataString(text)));
}
