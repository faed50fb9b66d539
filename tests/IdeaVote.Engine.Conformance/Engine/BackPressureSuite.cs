using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>An engine that is full says so at once; whoever waits for room is served; nothing accepted is lost.</summary>
public abstract class BackPressureSuite : EngineSuite
{
    private const int Many = 400;

    protected override int? QueueCommands => 16;

    [Fact]
    public async Task A_full_engine_says_so_at_once_and_what_it_accepts_counts()
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
        {
            sent = [.. Enumerable.Range(0, Many).Select(voter => SendAsync(Voter(voter), Investment(0, 30, "a")))];
            // Nothing is committed now, so the first answer can only be that there is no room.
            (await await Task.WhenAny(sent).WaitAsync(Patience)).Kind.ShouldBe(ReplyKind.Overloaded);
        }
        var replies = await Task.WhenAll(sent);
        var accepted = replies.Count(reply => reply.Kind == ReplyKind.Accepted);
        accepted.ShouldBeGreaterThan(0);
        replies.Count(reply => reply.Kind == ReplyKind.Overloaded).ShouldBe(Many - accepted);
        await ShouldBeTakenAsync(replies.Last(reply => reply.Kind == ReplyKind.Accepted));
        Tally(0).Investors.ShouldBe(accepted);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task What_was_overloaded_was_not_looked_at_and_may_be_sent_again()
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
            sent = [.. Enumerable.Range(0, Many).Select(voter => SendAsync(Voter(voter), Investment(0, 30, "a")))];
        var replies = await Task.WhenAll(sent);
        for (var voter = 0; voter < Many; voter++)
        {
            var again = await TakenAsync(Voter(voter), Investment(0, 30, "a"));
            again.Changed.ShouldBe(replies[voter].Kind == ReplyKind.Overloaded);
        }
        Tally(0).Investors.ShouldBe(Many);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task Whoever_waits_for_room_is_served_and_none_is_lost()
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
        {
            sent = [.. Enumerable.Range(0, Many).Select(voter => SendWhenRoomAsync(voter))];
            sent.ShouldAllBe(task => !task.IsCompleted);
        }
        (await Task.WhenAll(sent).WaitAsync(Patience)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted);
        await ShouldEqualRecountAsync();
        Tally(0).Investors.ShouldBe(Many);
    }

    [Fact]
    public async Task Bulk_work_that_waits_leaves_room_for_the_rest()
    {
        await CreateAsync();
        List<Task<Reply>> bulk;
        Task<Reply> byHand;
        using (Host.HoldCommits())
        {
            bulk = [.. Enumerable.Range(0, Many).Select(voter => SendWhenRoomAsync(voter))];
            byHand = SendAsync(Voter(Many), Investment(0, 30));
        }
        (await byHand).Kind.ShouldBe(ReplyKind.Accepted);
        (await Task.WhenAll(bulk).WaitAsync(Patience)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted);
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_room_has_sent_nothing_and_keeps_no_place()
    {
        await CreateAsync();
        using var stop = new CancellationTokenSource();
        List<Task<Reply>> patient, impatient;
        using (Host.HoldCommits())
        {
            patient = [.. Enumerable.Range(0, Many).Select(voter => SendWhenRoomAsync(voter))];
            impatient = [.. Enumerable.Range(Many, Many).Select(voter => SendWhenRoomAsync(voter, stop.Token))];
            await stop.CancelAsync();
            foreach (var task in impatient)
                await Should.ThrowAsync<OperationCanceledException>(task.WaitAsync(Patience));
        }
        (await Task.WhenAll(patient).WaitAsync(Patience)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted);
        await ShouldEqualRecountAsync();
        Tally(0).Investors.ShouldBe(Many);
        // As much room as before.
        await Task.WhenAll(Enumerable.Range(Many, Many).Select(voter => SendWhenRoomAsync(voter))).WaitAsync(Patience);
        await ShouldEqualRecountAsync();
        Tally(0).Investors.ShouldBe(2 * Many);
    }

    private Task<Reply> SendWhenRoomAsync(int voter, CancellationToken cancellation = default) =>
        Engine.SendWhenRoomAsync(Voter(voter), Investment(0, 30, "a"), cancellation).AsTask();
}
