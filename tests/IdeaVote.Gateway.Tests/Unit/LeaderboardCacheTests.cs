using IdeaVote.Engine;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class LeaderboardCacheTests
{
    private readonly LeaderboardCache cache = new();

    [Fact]
    public void What_was_written_last_is_found()
    {
        cache.Keep(Key(10), Written(revision: 1, bytes: 5));
        cache.Keep(Key(10), Written(revision: 2, bytes: 6));

        cache.Find(Key(10))!.Revision.ShouldBe(2);
        cache.Find(Key(11)).ShouldBeNull();
    }

    [Fact]
    public void An_older_board_never_replaces_a_newer_one()
    {
        cache.Keep(Key(10), Written(revision: 2, bytes: 6));
        cache.Keep(Key(10), Written(revision: 1, bytes: 5));

        cache.Find(Key(10))!.Revision.ShouldBe(2);
    }

    [Fact]
    public void The_number_of_entries_is_bounded()
    {
        for (var top = 1; top <= LeaderboardCache.MaxEntries + 1; top++)
            cache.Keep(Key(top), Written(1, 1));

        cache.Find(Key(1)).ShouldBeNull();
        cache.Find(Key(2)).ShouldNotBeNull();
    }

    [Fact]
    public void The_number_of_bytes_is_bounded_and_the_newest_stays()
    {
        cache.Keep(Key(1), Written(1, (int)(LeaderboardCache.MaxBytes / 2)));
        cache.Keep(Key(2), Written(1, (int)(LeaderboardCache.MaxBytes / 2) + 1));

        cache.Find(Key(1)).ShouldBeNull();
        cache.Find(Key(2)).ShouldNotBeNull();
    }

    private static LeaderboardKey Key(int top) => new(default, $"{top}", LeaderboardFormat.Json);

    private static WrittenLeaderboard Written(long revision, int bytes) => new(revision, 0, Position.Start, new byte[bytes]);
}
