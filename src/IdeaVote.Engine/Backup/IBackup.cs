namespace IdeaVote.Engine.Backup;

/// <summary>Takes backups of everything that a server keeps and can't make again, while it serves.</summary>
public interface IBackup
{
    /// <summary>
    /// Copies what changes in place, and notes where the journal ends: that is the moment of the backup. What is acknowledged by now is in it.
    /// </summary>
    /// <exception cref="BackupException">It can't be taken now; the message says why.</exception>
    Task<IBackupCopy> CopyAsync(CancellationToken cancellation = default);
}

/// <summary>A backup that has been begun; to be disposed of, which takes its copies away.</summary>
public interface IBackupCopy : IAsyncDisposable
{
    /// <summary>Writes it as a tar archive whose last file is <see cref="BackupNames.ManifestHash"/>: one that was cut short lacks it.</summary>
    Task WriteAsync(Stream output, CancellationToken cancellation = default);
}

/// <summary>A backup can't be taken now.</summary>
/// <param name="message">Why, and the way out.</param>
/// <param name="isBusy">Whether another one is being taken, so that it is worth asking again.</param>
public sealed class BackupException(string message, bool isBusy) : Exception(message)
{
    /// <summary>Whether another one is being taken, so that it is worth asking again.</summary>
    public bool IsBusy { get; } = isBusy;
}
