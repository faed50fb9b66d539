using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>The index of invitations: who brought whom, and who of them voted.</summary>
public sealed class InvitationIndexTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();
    private readonly List<RecordedEvent> history = [];
    private readonly CampaignId campaign;
    private readonly IdeaId idea;
    private SqliteInvitationIndex index = null!;

    public InvitationIndexTests() => (campaign, idea) = (some.Campaign(), some.Idea());

    public Task InitializeAsync()
    {
        index = SqliteInvitationIndex.Open(folder.File("invitations.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await index.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_counts_whom_somebody_brought_and_who_of_them_voted()
    {
        var (ann, bob, carl) = (some.Voter(), some.Voter(), some.Voter());
        await HappensAsync(1, bob, new VoterInvited(ann, idea));
        await HappensAsync(2, carl, new VoterInvited(ann, null));
        await HappensAsync(3, carl, Approval(1));
        await HappensAsync(4, carl, Approval(0));
        await HappensAsync(5, carl, Approval(1));
        await HappensAsync(6, ann, Approval(1));

        (await index.BroughtByAsync(campaign, ann)).ShouldBe(new Brought(2, 1));
        (await index.BroughtByAsync(campaign, bob)).ShouldBe(default);
        (await index.BroughtByAsync(some.Campaign(), ann)).ShouldBe(default);
        (await index.AllAsync(campaign)).ShouldBe(
            [new Invitation(bob, ann, idea, new Instant(1), null, true), new Invitation(carl, ann, null, new Instant(2), new Instant(3), true)], ignoreOrder: true);
    }

    [Fact]
    public async Task The_last_invitation_of_a_circle_does_not_count()
    {
        var (ann, bob, carl) = (some.Voter(), some.Voter(), some.Voter());
        await HappensAsync(1, bob, new VoterInvited(ann, null));
        await HappensAsync(2, carl, new VoterInvited(bob, null));
        await HappensAsync(3, ann, new VoterInvited(carl, null));

        (await index.BroughtByAsync(campaign, ann)).People.ShouldBe(1);
        (await index.BroughtByAsync(campaign, bob)).People.ShouldBe(1);
        (await index.BroughtByAsync(campaign, carl)).People.ShouldBe(0);
        (await index.AllAsync(campaign)).Single(one => !one.Counts).Voter.ShouldBe(ann);
    }

    [Fact]
    public async Task Folded_twice_after_a_crash_or_anew_from_the_beginning_it_says_the_same()
    {
        var voters = Enumerable.Range(0, 8).Select(_ => some.Voter()).ToArray();
        // A ring of three with a tail, and one pair that brought each other.
        int[] inviters = [2, 0, 1, 2, 3, 6, 5, 5];
        for (var i = 0; i < voters.Length; i++)
        {
            await HappensAsync(i / 2, voters[i], new VoterInvited(voters[inviters[i]], null));
            await HappensAsync(20 + i, voters[i], Approval(1));
        }
        var before = await index.AllAsync(campaign);
        before.Count(one => !one.Counts).ShouldBe(2);

        await index.ApplyAsync([.. history], Position.Of("p", history.Count));
        (await index.AllAsync(campaign)).ShouldBe(before);

        await using var other = SqliteInvitationIndex.Open(folder.File("anew.db"));
        await other.ApplyAsync([.. history], Position.Of("p", history.Count));
        (await other.AllAsync(campaign)).ShouldBe(before);
        (await other.LoadPositionAsync()).ShouldBe(Position.Of("p", history.Count));
    }

    [Fact]
    public async Task Votes_of_campaigns_without_invitations_are_passed_over_and_seldom_written_down()
    {
        await HappensAsync(1, some.Voter(), Approval(1));

        (await index.LoadPositionAsync()).IsStart.ShouldBeTrue();
    }

    [Fact]
    public async Task It_goes_on_where_it_was_after_a_restart()
    {
        var (ann, bob) = (some.Voter(), some.Voter());
        await HappensAsync(1, bob, new VoterInvited(ann, null));
        await index.DisposeAsync();
        index = SqliteInvitationIndex.Open(folder.File("invitations.db"));
        await HappensAsync(2, bob, Approval(1));

        (await index.BroughtByAsync(campaign, ann)).ShouldBe(new Brought(1, 1));
    }

    private ApprovalChanged Approval(int held) => new(idea, held == 0, held == 1, null, default, held);

    private async Task HappensAsync(long at, VoterId voter, Event happened)
    {
        history.Add(new RecordedEvent(StreamId.Of(campaign, voter), 1, new Instant(at), happened));
        await index.ApplyAsync([history[^1]], Position.Of("p", history.Count));
    }
}
