using System.Globalization;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Says in one line what agrees, and what was not checked.</summary>
internal static class Verdict
{
    /// <summary>The line, without its beginning.</summary>
    /// <param name="verified">What was verified; finished.</param>
    /// <param name="kept">The head that was given; null for none.</param>
    /// <param name="trusted">The keys that are trusted; null for none.</param>
    /// <exception cref="DisagreementException">A head is signed with a key that is not trusted.</exception>
    public static string Of(ExportVerifier verified, KeptHead? kept, TrustedKeys? trusted)
    {
        var replay = verified.Replay;
        var head = kept?.Head ?? verified.Head!;
        // All heads are of one key.
        if (trusted?.Has(head.Kid) == false)
            throw new DisagreementException($"the head is signed by the key {head.Kid}, which {trusted.Source} does not have");
        var parts = new List<string>
        {
            Text($"{replay.Events} events, {replay.Heads().Count} partition{(replay.Heads().Count == 1 ? "" : "s")}, {replay.Board.Voters} voters, {replay.Board.Ideas.Count} ideas, ballots sha256 {verified.Ballots}"),
            Text($"head of {head.Campaign} with {head.Events} events, signed {head.At} by the key {head.Kid}, ") + (trusted is null
                ? "which was NOT compared with a key you trust (--key)"
                : $"which {trusted.Source} has"),
        };
        if (kept is not null && Uncovered(verified, head) is > 0 and var more)
            parts.Add(Text($"the last {more} events come after the head and were NOT compared with one"));
        if (kept is { ComparedBallots: false })
            parts.Add("the head's ballots were NOT compared, for the file is in another order than when it was signed");
        return string.Join("; ", parts);
    }

    private static long Uncovered(ExportVerifier verified, SignedHead head) =>
        verified.Replay.Events - Math.Max(head.Events, verified.Head?.Events ?? 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
