namespace IdeaVote.Cli.Backup;

/// <summary>A file is no backup that can be believed.</summary>
/// <param name="message">Which of its files is at fault, and how.</param>
/// <param name="inner">What led to it.</param>
internal sealed class BackupException(string message, Exception? inner = null) : IOException(message, inner);
