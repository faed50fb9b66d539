namespace IdeaVote.Cli.Verify;

/// <summary>Something does not agree.</summary>
/// <param name="message">What, as a sentence without its end; where it is about a line, with the line's number.</param>
internal sealed class DisagreementException(string message) : Exception(message)
{
    /// <summary>Something is wrong with a line.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="what">What is wrong.</param>
    public static DisagreementException At(long line, string what) => new($"line {line}: {what}");
}
