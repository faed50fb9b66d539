using System.Globalization;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Allocation;

/// <summary>A file of an election, and what names it.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Election">What it says.</param>
/// <param name="Sha256">SHA-256 of its bytes, as <c>sha256sum</c> says it.</param>
internal sealed record CountedFile(string Name, PbElection Election, string Sha256)
{
    /// <summary>What a ranking of it was asked for.</summary>
    /// <param name="by">What it is ranked by.</param>
    /// <param name="top">How many rows at most.</param>
    /// <param name="pool">The money to split; null for none.</param>
    public static Dictionary<string, string> Terms(string by, int top, decimal? pool)
    {
        var terms = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = by, ["top"] = top.ToString(CultureInfo.InvariantCulture) };
        if (pool is { } money)
            terms["pool"] = money.ToString(CultureInfo.InvariantCulture);
        return terms;
    }
}
