using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>However an engine ends, everybody is answered, and what was answered stands.</summary>
public abstract class EndSuite : EngineSuite
{
    private const int Many = 400;

    protected override int? QueueCommands => 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Boards_and_answered_positions_outlive_the_engine(bool crash)
    {
        await CreateAsync();
        var replies = new List<Reply>();
        for (var voter = 0; voter < 50; voter++)
            replies.Add(await TakenAsync(Voter(voter), Investment(voter % 3, 1 + voter)));
        var before = Engine.Query(Campaign, (board, _) => board.Describe());
        await EndAsync(crash);
        foreach (var reply in replies)
            (await Engine.WaitAsync(reply.Position, Patience)).ShouldBeTrue();
        Engine.Query(Campaign, (board, _) => board.Describe()).ShouldBe(before);
        await ShouldEqualRecountAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_waits_when_the_engine_ends_is_answered_and_what_was_accepted_stands(bool crash)
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        Task ending;
        using (Host.HoldCommits())
        {
            sent = [.. Enumerable.Range(0, 100).Select(voter => SendAsync(Voter(voter), Investment(0, 30, "a")))];
            ending = EndAsync(crash);
        }
        var replies = await Task.WhenAll(sent);
        await ending;
        replies.ShouldAllBe(reply => reply.Kind != ReplyKind.Refused);
        for (var voter = 0; voter < 100; voter++)
        {
            var again = await TakenAsync(Voter(voter), Investment(0, 30, "a"));
            if (replies[voter].Kind == ReplyKind.Accepted)
                again.Changed.ShouldBeFalse();
        }
        Tally(0).Investors.ShouldBe(100);
        await ShouldEqualRecountAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_waits_for_room_when_the_engine_ends_is_answered(bool crash)
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        Task ending;
        using (Host.HoldCommits())
        {
            sent = [.. Enumerable.Range(0, Many).Select(voter => SendWhenRoomAsync(voter))];
            ending = EndAsync(crash);
        }
        var replies = await Task.WhenAll(sent).WaitAsync(Patience);
        await ending;
        replies.ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted || reply.Kind == ReplyKind.OutcomeUnknown);
        for (var voter = 0; voter < Many; voter++)
            if (replies[voter].Kind == ReplyKind.Accepted)
                (await BallotAsync(voter)).SpentCredits.ShouldBe(30);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(voter => SendWhenRoomAsync(voter))).WaitAsync(Patience);
        await ShouldEqualRecountAsync();
        Tally(0).Investors.ShouldBe(Many);
    }

    [Fact]
    public async Task An_engine_that_has_ended_answers_that_it_does_not_know()
    {
        await CreateAsync();
        var ended = Engine;
        await Host.RestartAsync();
        (await ended.SendAsync(Voter(1), Rating(0, 4))).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        (await ended.SendWhenRoomAsync(Voter(1), Rating(0, 4))).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        (await ended.ReadAsync(Voter(1))).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        (await StateAsync(Voter(1))).Version.ShouldBe(0);
    }

    private Task<Reply> SendWhenRoomAsync(int voter) => Engine.SendWhenRoomAsync(Voter(voter), Investment(0, 30, "a")).AsTask();

    private Task EndAsync(bool crash) => crash ? Host.CrashAsync() : Host.RestartAsync();
}
