namespace IdeaVote.Gateway.Http;

/// <summary>How numbers are written in answers.</summary>
internal static class Numbers
{
    /// <summary>The same number without zeros behind its last decimal: equal numbers have one written form.</summary>
    public static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
