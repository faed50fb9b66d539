using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>A commit that fails is told as an unknown outcome, and sending the same command again settles it.</summary>
public abstract class UnknownOutcomeSuite : EngineSuite
{
    /// <summary>What comes between the failure and the next attempt.</summary>
    public enum Between
    {
        Recovery,
        Restart,
        Crash,
    }

    public static TheoryData<CommitFault, Between> Failures
    {
        get
        {
            var failures = new TheoryData<CommitFault, Between>();
            foreach (var fault in Enum.GetValues<CommitFault>())
                foreach (var between in Enum.GetValues<Between>())
                    failures.Add(fault, between);
            return failures;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Sending_it_again_counts_once(CommitFault fault, Between between)
    {
        await CreateAsync();
        await FailAsync(fault, Voter(1), Investment(0, 30, "a"));
        await EndAsync(between);
        await TakenAsync(Voter(1), Investment(0, 30, "a"));
        Tally(0).Invested.ShouldBe(30);
        await ShouldHappenOnceAsync("a");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_condition_does_not_stand_in_the_way_of_the_repetition(CommitFault fault, Between between)
    {
        await CreateAsync();
        var seen = (await TakenAsync(Voter(1), Rating(0, 1))).State!.Version;
        await FailAsync(fault, Voter(1), Rating(0, 5, "a") with { ExpectedVersion = seen });
        await EndAsync(between);
        (await TakenAsync(Voter(1), Rating(0, 5, "a") with { ExpectedVersion = seen })).State!.Version.ShouldBe(seen + 1);
        await ShouldHappenOnceAsync("a");
    }

    [Theory]
    [InlineData(CommitFault.NotWritten)]
    [InlineData(CommitFault.Written)]
    public async Task Creating_again_leads_to_one_campaign_and_one_idea(CommitFault fault)
    {
        await FailAsync(fault, StreamId.Of(Campaign), Creation());
        await Host.RecoverAsync();
        await TakenAsync(StreamId.Of(Campaign), Creation());
        await FailAsync(fault, Idea(0), new SubmitIdea(Names.Text, [], null, null));
        await Host.RecoverAsync();
        await TakenAsync(Idea(0), new SubmitIdea(Names.Text, [], null, null));
        Engine.Campaigns().ShouldBe([Campaign]);
        (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(2);
        await ShouldEqualRecountAsync();
    }

    [Theory]
    [InlineData(CommitFault.NotWritten)]
    [InlineData(CommitFault.Written)]
    public async Task Everybody_who_waited_hears_of_it_and_counts_once_after_trying_again(CommitFault fault)
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
        {
            sent = [.. Enumerable.Range(0, 50).Select(voter => SendAsync(Voter(voter), Investment(0, 30, "a")))];
            Host.FailNextCommit(fault);
        }
        var replies = await Task.WhenAll(sent);
        replies.ShouldAllBe(reply => reply.Kind == ReplyKind.OutcomeUnknown || reply.Kind == ReplyKind.Accepted);
        replies.ShouldContain(reply => reply.Kind == ReplyKind.OutcomeUnknown);
        await Host.RecoverAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(voter => TakenAsync(Voter(voter), Investment(0, 30, "a"))));
        Tally(0).Investors.ShouldBe(50);
        Tally(0).Invested.ShouldBe(50 * 30);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task What_was_decided_and_not_written_is_never_shown()
    {
        await CreateAsync();
        Task<Reply> vote, read, refused;
        using (Host.HoldCommits())
        {
            vote = SendAsync(Voter(1), Investment(0, 90, "a"));
            read = Engine.ReadAsync(Voter(1)).AsTask();
            // Were the first one durable, this would be too much.
            refused = SendAsync(Voter(1), Investment(1, 20, "b"));
            Host.FailNextCommit(CommitFault.NotWritten);
        }
        var voted = await vote;
        var seen = await read.WaitAsync(Patience);
        if (voted.Kind == ReplyKind.Accepted)
        {
            // Of calls made at once any may come first, and so it was another whose commit failed.
            Tally(0).Invested.ShouldBe(90);
            new[] { seen, await refused }.ShouldContain(reply => reply.Kind == ReplyKind.OutcomeUnknown);
            return;
        }
        voted.Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        (seen.Kind == ReplyKind.OutcomeUnknown || seen.State!.Version == 0).ShouldBeTrue();
        (await refused).Kind.ShouldNotBe(ReplyKind.Refused);
        Tally(0).Invested.ShouldBe(0);
        await Host.RecoverAsync();
        await TakenAsync(Voter(1), Investment(1, 20, "b"));
        (await BallotAsync(1)).SpentCredits.ShouldBe(20);
        await ShouldEqualRecountAsync();
    }

    private async Task FailAsync(CommitFault fault, StreamId stream, Command command)
    {
        Host.FailNextCommit(fault);
        (await SendAsync(stream, command)).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
    }

    private Task EndAsync(Between between) => between switch
    {
        Between.Restart => Host.RestartAsync(),
        Between.Crash => Host.CrashAsync(),
        _ => Host.RecoverAsync(),
    };

    private async Task ShouldHappenOnceAsync(string id)
    {
        (await Engine.ReadEventsAsync(Campaign)).Count(recorded => recorded.Command == Names.Command(id)).ShouldBe(1);
        await ShouldEqualRecountAsync();
    }
}
