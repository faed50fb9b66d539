using IdeaVote.Engine.Embedded;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Server;

/// <summary>
/// Says in a data folder which PostgreSQL journal its projections were made from: their positions mean nothing in another one,
/// and would make them skip events without anybody noticing.
/// </summary>
internal static class JournalMark
{
    private const string Name = "postgres-journal";
    private static readonly string[] Projections = ["search.db", "backers.db"];

    /// <summary>Checks that the folder is of no PostgreSQL journal.</summary>
    /// <exception cref="JournalException">It is.</exception>
    public static void CheckNone(DataFolder folder)
    {
        if (File.Exists(folder.File(Name)))
            throw new JournalException($"The folder {folder.Path} belongs to a server whose journal is in PostgreSQL. Name that with --journal or in IDEAVOTE_JOURNAL, or choose another folder with --data.");
    }

    /// <summary>Checks that the folder is of this journal, and marks it if it is of none.</summary>
    /// <exception cref="JournalException">It has or belongs to another one.</exception>
    public static void CheckOrSet(DataFolder folder, Guid journal)
    {
        if (File.Exists(folder.File("journal.db")))
            throw new JournalException($"The folder {folder.Path} has a journal of its own, journal.db. Start without --journal, or choose another folder with --data.");
        var mark = folder.File(Name);
        if (File.Exists(mark))
        {
            if (!string.Equals(File.ReadAllText(mark).Trim(), journal.ToString(), StringComparison.Ordinal))
                throw new JournalException($"The folder {folder.Path} was made from another PostgreSQL journal than the one named. Check --journal, or choose another folder with --data.");
            return;
        }
        if (Projections.FirstOrDefault(name => File.Exists(folder.File(name))) is { } stray)
            throw new JournalException($"The folder {folder.Path} has a {stray} but does not say which journal it was made from. Choose another folder with --data.");
        // It gets its name when it is whole: a start that is cut short must not leave half a mark behind.
        var draft = mark + ".new";
        File.WriteAllText(draft, journal + "\n");
        File.Move(draft, mark, overwrite: true);
    }
}
