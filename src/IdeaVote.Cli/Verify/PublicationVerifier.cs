using System.Globalization;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Verifies published ballots line by line, and counts them again.</summary>
/// <param name="checks">What is compared besides with what they come to.</param>
internal sealed class PublicationVerifier(IReadOnlyList<CountedCheck> checks) : IDisposable
{
    private readonly PublishedElection election = new();
    private SignedPublication? statement;

    /// <summary>Takes the next line.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="line">The line, without its end.</param>
    /// <exception cref="DisagreementException">It is not the line that should stand there.</exception>
    public void Take(long number, ReadOnlySpan<byte> line)
    {
        try
        {
            if (statement is not null)
                throw new AuditException("it comes after the statement, which nothing does");
            if (!SignedPublication.IsLine(line))
            {
                election.Take(line, recorded =>
                {
                    foreach (var check in checks)
                        check.TakePublished(recorded);
                });
                return;
            }
            statement = SignedPublication.Read(line);
            election.Compare(statement);
        }
        catch (AuditException e)
        {
            throw DisagreementException.At(number, e.Message);
        }
    }

    /// <summary>Makes sure that the end is vouched for, and says what agrees.</summary>
    /// <param name="kept">A head that was kept apart; null for none.</param>
    /// <param name="trusted">The keys that are trusted; null for none.</param>
    /// <exception cref="DisagreementException">Something does not agree.</exception>
    public string Finish(KeptHead? kept, TrustedKeys? trusted)
    {
        if (statement is not { Head: { } head } signed)
            throw new DisagreementException("it does not end with a signed statement, so nothing tells whether its end was cut off; export it again");
        if (trusted?.Has(head.Kid) == false)
            throw new DisagreementException($"the statement is signed by the key {head.Kid}, which {trusted.Source} does not have");
        if (kept?.Head is { } other && (other.Id != head.Id || other.Kid != head.Kid || other.Ballots != head.Ballots))
            throw new DisagreementException("the head given is of another campaign, of another key, or of other ballots than those published");
        var parts = new List<string>
        {
            Text($"{election.Voters} published ballots on {election.Board.Ideas.Count} ideas, whose tally equals the signed one, sha256 {signed.Tally}"),
            Text($"said to be the ballots of {head.Campaign} with sha256 {head.Ballots} at {head.Events} events, signed {signed.At} by the key {head.Kid}, ")
                + (trusted is null ? "which was NOT compared with a key you trust (--key)" : $"which {trusted.Source} has"),
        };
        parts.AddRange(checks.Select(check => check.Finish(election.Board, head)));
        return string.Join("; ", parts);
    }

    /// <inheritdoc/>
    public void Dispose() => election.Dispose();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
