namespace IdeaVote.Cli.Pabulib;

/// <summary>A file as a whole cannot be taken. Nothing of it has been sent anywhere.</summary>
/// <param name="line">The physical line, from 1, where it shows; 0 if it belongs to no line.</param>
/// <param name="message">What is wrong and, where there is one, the way out.</param>
internal sealed class PbFormatException(int line, string message) : Exception(message)
{
    /// <summary>The physical line, from 1; 0 if the problem belongs to no line.</summary>
    public int Line { get; } = line;
}
