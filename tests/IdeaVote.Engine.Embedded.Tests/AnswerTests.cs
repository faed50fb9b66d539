using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Embedded.Tests.Support;
using IdeaVote.Engine.Journal;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class AnswerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_waits_is_committed_together()
    {
        await using var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        var before = world.Journal.Appends;
        List<Task<Reply>> votes;
        using (world.Journal.Hold())
            votes = [.. Enumerable.Range(0, 500).Select(voter => world.SendAsync(voter, new CastApproval(World.Idea(0), true)).AsTask())];
        (await Task.WhenAll(votes)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted);
        (world.Journal.Appends - before).ShouldBeLessThan(500);
        world.Tally(0).Approvals.ShouldBe(500);
    }

    [Fact]
    public async Task A_failed_commit_answers_everybody_outcome_unknown_and_ends_the_engine()
    {
        await using var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        List<Task<Reply>> votes;
        using (world.Journal.Hold())
        {
            votes = [.. Enumerable.Range(0, 50).Select(voter => world.SendAsync(voter, new CastApproval(World.Idea(0), true)).AsTask())];
            world.Journal.FailsNext = true;
        }
        (await Task.WhenAll(votes)).ShouldAllBe(reply => reply.Kind == ReplyKind.OutcomeUnknown);
        (await Should.ThrowAsync<JournalException>(world.Engine.Completion)).Message.ShouldBe("The disk is gone.");
        (await world.SendAsync(1, new CastApproval(World.Idea(0), true))).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        world.Tally(0).Approvals.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_queue_says_so_at_once_and_serves_again_when_there_is_room()
    {
        await using var world = await World.OpenAsync(folder, new EmbeddedOptions { QueueCommands = 8, BatchCommands = 4 });
        await world.CreateAsync();
        List<Task<Reply>> votes;
        using (world.Journal.Hold())
            votes = [.. Enumerable.Range(0, 100).Select(voter => world.SendAsync(voter, new CastApproval(World.Idea(0), true)).AsTask())];
        var replies = await Task.WhenAll(votes);
        var taken = replies.Count(reply => reply.Kind == ReplyKind.Accepted);
        taken.ShouldBeInRange(8, 16);
        replies.Count(reply => reply.Kind == ReplyKind.Overloaded).ShouldBe(100 - taken);
        world.Tally(0).Approvals.ShouldBe(taken);
        (await world.SendAsync(200, new CastApproval(World.Idea(0), true))).Kind.ShouldBe(ReplyKind.Accepted);
    }

    [Fact]
    public async Task Stopping_answers_what_waits()
    {
        var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        var votes = Enumerable.Range(0, 300).Select(voter => world.SendAsync(voter, new CastApproval(World.Idea(0), true)).AsTask()).ToList();
        await world.DisposeAsync();
        (await Task.WhenAll(votes)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted);

        await using var again = await World.OpenAsync(folder);
        again.Tally(0).Approvals.ShouldBe(300);
    }
}
