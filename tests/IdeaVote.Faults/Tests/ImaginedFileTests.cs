using IdeaVote.Faults.Disk;

namespace IdeaVote.Faults.Tests;

/// <summary>What is left of a file when power fails.</summary>
public class ImaginedFileTests
{
    [Fact]
    public void What_was_synced_is_left_and_what_was_not_is_gone()
    {
        var file = ImaginedFile.Durable([1, 2, 3]);
        file.Write(1, [9]);
        file.Sync();
        file.Write(2, [8]);
        file.Truncate(10);
        file.LosePower(luck: null);
        file.Seen.Span.ToArray().ShouldBe([1, 9, 3]);
    }

    [Fact]
    public void What_a_failed_sync_should_have_written_stays_visible_and_is_not_left_even_after_one_that_succeeds()
    {
        var file = ImaginedFile.Durable([1, 2, 3]);
        file.Write(0, [9]);
        file.LosePending();
        file.Write(2, [7]);
        file.Sync();
        file.Seen.Span.ToArray().ShouldBe([9, 2, 7]);
        file.LosePower(luck: null);
        file.Seen.Span.ToArray().ShouldBe([1, 2, 7]);
    }

    [Fact]
    public void A_file_that_was_never_synced_is_gone()
    {
        var file = new ImaginedFile();
        file.Write(0, [1]);
        file.LosePower(luck: null);
        file.Synced.ShouldBeNull();
    }
}
