using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Tests.Unit.Limits;

public sealed class WaitingRoomTests
{
    [Fact]
    public async Task So_many_work_so_many_wait_and_the_rest_is_told_to_come_back()
    {
        var room = new WaitingRoom(2, 3, "Too much");
        var working = new[] { await room.EnterAsync(default), await room.EnterAsync(default) };
        var waiting = Enumerable.Range(0, 3).Select(_ => room.EnterAsync(default).AsTask()).ToList();

        var refused = await Should.ThrowAsync<ApiException>(() => room.EnterAsync(default).AsTask());

        (refused.Status, refused.Code, refused.RetryAfterSeconds).ShouldBe((503, "overloaded", 5));
        waiting.ShouldAllBe(task => !task.IsCompleted);
        foreach (var place in working)
            place.Dispose();
        (await waiting[0]).Dispose();
        (await waiting[1]).Dispose();
        (await waiting[2]).Dispose();
        (await room.EnterAsync(default)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_makes_room_for_another()
    {
        var room = new WaitingRoom(1, 1, "Too much");
        var working = await room.EnterAsync(default);
        using var impatient = new CancellationTokenSource();
        var first = room.EnterAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);

        var second = room.EnterAsync(default).AsTask();
        working.Dispose();

        (await second).Dispose();
    }
}
