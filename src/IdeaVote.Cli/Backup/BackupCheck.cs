using IdeaVote.Engine.Backup;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Backup;

namespace IdeaVote.Cli.Backup;

/// <summary>Goes through a backup, and makes a data folder of it where one is wanted.</summary>
internal static class BackupCheck
{
    /// <summary>Compares every file with the manifest and follows the chains, without writing anything.</summary>
    /// <exception cref="BackupException">Something is not what was written; the message names it.</exception>
    public static async Task<BackupManifest> CheckAsync(string path, CancellationToken cancel)
    {
        var chains = new JournalChains();
        var manifest = await BackupReader.ReadAsync(
            path,
            async (name, content, token) =>
            {
                if (!name.StartsWith(BackupNames.Journal, StringComparison.Ordinal))
                    return;
                foreach (var record in JournalPiece.Read(await BackupReader.InMemoryAsync(content, content.Length, token), chains.Events))
                    chains.Take(record);
            },
            cancel);
        Compare(manifest, chains);
        return manifest;
    }

    /// <summary>Makes a data folder of a backup.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="folder">The folder: empty, or not there yet. It stays as it was unless all is well.</param>
    /// <param name="progress">Told how many events have been restored.</param>
    /// <param name="cancel">Ends the restoring.</param>
    /// <exception cref="BackupException">Something is not what was written; the message names it.</exception>
    public static async Task<BackupManifest> RestoreAsync(string path, string folder, Action<long> progress, CancellationToken cancel)
    {
        using var restore = await SqliteRestore.BeginAsync(folder);
        var manifest = await BackupReader.ReadAsync(
            path,
            async (name, content, token) =>
            {
                if (name.StartsWith(BackupNames.Journal, StringComparison.Ordinal))
                {
                    await restore.AppendAsync(await BackupReader.InMemoryAsync(content, content.Length, token), token);
                    progress(restore.Chains.Events);
                }
                else if (BackupNames.Databases.Contains(name, StringComparer.Ordinal))
                {
                    await using var file = restore.Create(name);
                    await content.CopyToAsync(file, token);
                }
            },
            cancel);
        Compare(manifest, restore.Chains);
        // Only now, for what happens to be in a damaged file would be said instead of that it is damaged.
        foreach (var name in BackupNames.Databases)
        {
            if (!manifest.Files.Any(file => file.Name == name))
                throw new BackupException($"{name} of the backup is missing");
            await CheckAsync(restore, name);
        }
        restore.Finish();
        return manifest;
    }

    private static async Task CheckAsync(SqliteRestore restore, string name)
    {
        try
        {
            await restore.CheckAsync(name);
        }
        catch (JournalException e)
        {
            throw new BackupException($"{name} of the backup can't be used: {e.Message}", e);
        }
    }

    private static void Compare(BackupManifest manifest, JournalChains chains)
    {
        if (chains.Events != manifest.Events || !chains.ToList().SequenceEqual(manifest.Campaigns))
            throw new BackupException($"the journal of the backup has other events than its manifest says: {chains.Events}, not {manifest.Events}, or other heads");
    }
}
