using IdeaVote.Engine.Embedded.Tests.Support;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Journal;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_in_use_is_refused_by_name_and_free_again_afterwards()
    {
        using (DataFolder.Open(folder.Path))
            Should.Throw<JournalException>(() => DataFolder.Open(folder.Path)).Message.ShouldContain(folder.Path);
        DataFolder.Open(folder.Path).Dispose();
    }

    [Fact]
    public void A_path_that_is_a_file_is_refused_by_name()
    {
        File.WriteAllText(folder.File("file"), "");
        Should.Throw<JournalException>(() => DataFolder.Open(folder.File("file"))).Message.ShouldContain("file");
    }

    [Fact]
    public void The_journal_is_written_ahead_and_synced_at_every_commit()
    {
        using var journal = new SqliteJournal(folder.File("journal.db"));
        journal.ReadBackSetting("journal_mode").ShouldBe("wal");
        journal.ReadBackSetting("synchronous").ShouldBe("2");
    }

    [Fact]
    public async Task Of_two_writers_the_older_one_loses()
    {
        await using var first = await World.OpenAsync(folder);
        await first.CreateAsync();
        await using var second = await World.OpenAsync(folder);
        var reply = await first.SendAsync(1, new Domain.Voters.CastApproval(World.Idea(0), true));
        reply.Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        await Should.ThrowAsync<StaleWriterException>(first.Engine.Completion);
        (await second.RateAsync(1, 0, 4)).Kind.ShouldBe(ReplyKind.Accepted);
    }
}
