using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Votes follow ideas that are merged, count once, and come back as they were when that is undone.</summary>
public abstract class MergeSuite : EngineSuite
{
    private const int Crowd = 40;
    private const int Ideas = 4;

    [Fact]
    public async Task Votes_of_every_method_follow_and_nobody_counts_twice()
    {
        await OpenAsync();
        await VoteOnAllAsync(1, 0, stars: 5, credits: 20);
        await VoteOnAllAsync(2, 0, stars: 4, credits: 10);
        await VoteOnAllAsync(2, 1, stars: 2, credits: 15);
        await TakenAsync(Voter(1), new SetOrder([Names.Idea(0), Names.Idea(3)]));
        await TakenAsync(Voter(2), new SetOrder([Names.Idea(0), Names.Idea(3), Names.Idea(1)]));
        await TakenAsync(Voter(2), new CastDuel(Names.Idea(0), Names.Idea(1), Names.Idea(0)));

        await MergeAsync(0, 1);
        await SettleAsync();

        IsEmpty(0).ShouldBeTrue();
        var merged = Tally(1);
        (merged.Approvals, merged.Raters, merged.Investors, merged.Invested).ShouldBe((2, 2, 2, 45));
        (await BallotAsync(1)).Ratings[Names.Idea(1)].Scores.ShouldBe(Scores.Of(5));
        var both = await BallotAsync(2);
        both.Ratings[Names.Idea(1)].Scores.ShouldBe(Scores.Of(2));
        both.Order.Ideas.ShouldBe([Names.Idea(1), Names.Idea(3)]);
        both.Duels.Keys.ShouldBe([Pair.Of(Names.Idea(1), Names.Idea(2))]);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task Undone_every_ballot_and_every_count_is_as_it_was()
    {
        await OpenAsync();
        await CrowdVotesAsync();
        var (ballots, counts) = (await BallotsAsync(), Counts());

        await MergeAsync(0, 1);
        await SettleAsync();
        Counts().ShouldNotBe(counts);
        await ShouldBeFairAsync();
        await UnmergeAsync(0);
        await SettleAsync();

        Counts().ShouldBe(counts);
        (await BallotsAsync()).ShouldBe(ballots);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task Along_a_chain_votes_go_to_its_end_and_come_back_from_its_middle()
    {
        await OpenAsync();
        await CrowdVotesAsync();
        var (ballots, counts) = (await BallotsAsync(), Counts());
        await MergeAsync(1, 2);
        await SettleAsync();
        var afterTheSecond = Counts();
        await UnmergeAsync(1);
        await SettleAsync();
        Counts().ShouldBe(counts);

        await MergeAsync(0, 1);
        await MergeAsync(1, 2);
        await SettleAsync();
        (IsEmpty(0), IsEmpty(1)).ShouldBe((true, true));
        await ShouldBeFairAsync();
        await UnmergeAsync(0);
        await SettleAsync();
        Counts().ShouldBe(afterTheSecond);
        await UnmergeAsync(1);
        await SettleAsync();

        Counts().ShouldBe(counts);
        (await BallotsAsync()).ShouldBe(ballots);
        await ShouldBeFairAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_that_an_end_interrupts_is_followed_afterwards_by_each_once(bool crash)
    {
        await OpenAsync();
        await CrowdVotesAsync();
        var (ballots, counts) = (await BallotsAsync(), Counts());
        await MergeAsync(0, 1);
        await (crash ? Host.CrashAsync() : Host.RestartAsync());
        await SettleAsync();

        var followed = (await Engine.ReadEventsAsync(Campaign)).Where(recorded => recorded.Event is VotesMerged).Select(recorded => recorded.Stream).ToList();
        followed.ShouldBeUnique();
        followed.Count.ShouldBe(Crowd);
        await UnmergeAsync(0);
        await (crash ? Host.CrashAsync() : Host.RestartAsync());
        await SettleAsync();
        Counts().ShouldBe(counts);
        (await BallotsAsync()).ShouldBe(ballots);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task Votes_under_way_while_the_merge_commits_follow_too()
    {
        await OpenAsync();
        Task<Reply>[] votes;
        Task<Reply> merge;
        using (Host.HoldCommits())
        {
            var early = Enumerable.Range(0, Crowd / 2).Select(voter => SendAsync(Voter(voter), Investment(0, 30))).ToList();
            merge = SendAsync(Idea(0), new MergeIdea(Names.Idea(0), Names.Idea(1), null));
            votes = [.. early, .. Enumerable.Range(Crowd / 2, Crowd / 2).Select(voter => SendAsync(Voter(voter), Investment(0, 30)))];
        }
        await ShouldBeTakenAsync(await merge);
        var replies = await Task.WhenAll(votes);
        replies.ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted || reply.Refusal!.Code == RefusalCode.IdeaNotVotable);
        var taken = replies.Count(reply => reply.Kind == ReplyKind.Accepted);
        foreach (var reply in replies.Where(reply => reply.Kind == ReplyKind.Accepted))
            await ShouldBeTakenAsync(reply);

        await SettleAsync();

        IsEmpty(0).ShouldBeTrue();
        (Tally(1).Investors, Tally(1).Invested).ShouldBe((taken, 30L * taken));
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task Merged_undone_and_merged_with_another_in_one_breath_the_votes_end_where_they_belong()
    {
        await OpenAsync();
        await CrowdVotesAsync();
        var (ballots, counts) = (await BallotsAsync(), Counts());
        Task<Reply>[] changes;
        using (Host.HoldCommits())
            changes =
            [
                SendAsync(Idea(0), new MergeIdea(Names.Idea(0), Names.Idea(1), null)), SendAsync(Idea(0), new UnmergeIdea()),
                SendAsync(Idea(0), new MergeIdea(Names.Idea(0), Names.Idea(2), null)),
            ];
        foreach (var reply in await Task.WhenAll(changes))
            await ShouldBeTakenAsync(reply);
        await SettleAsync();

        IsEmpty(0).ShouldBeTrue();
        for (var voter = 0; voter < Crowd; voter++)
            ((Voter)await StateAsync(Voter(voter))).Merged.Links.Select(link => (link.From, link.Into)).ShouldBe([(Names.Idea(0), Names.Idea(2))]);
        await UnmergeAsync(0);
        await SettleAsync();
        (await BallotsAsync()).ShouldBe(ballots);
        Counts().ShouldBe(counts);
        await ShouldBeFairAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Credits_on_an_idea_that_is_merged_into_a_declined_one_go_back_once(bool atOnce)
    {
        await OpenAsync();
        for (var voter = 0; voter < Crowd; voter++)
        {
            await TakenAsync(Voter(voter), Investment(0, 30));
            await TakenAsync(Voter(voter), Investment(1, 20));
            await TakenAsync(Voter(voter), Investment(2, 40));
        }
        if (atOnce)
        {
            Task<Reply>[] changes;
            using (Host.HoldCommits())
                changes = [SendAsync(Idea(0), new MergeIdea(Names.Idea(0), Names.Idea(1), null)), SendAsync(Idea(1), new SetIdeaStatus(IdeaStatus.Declined, null))];
            (await Task.WhenAll(changes)).ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted || reply.Refusal!.Code == RefusalCode.IdeaNotMergeable);
        }
        else
        {
            await MergeAsync(0, 1);
            await SettleAsync();
            await TakenAsync(Idea(1), new SetIdeaStatus(IdeaStatus.Declined, null));
        }
        await SettleAsync();
        Tally(1).Invested.ShouldBe(0);
        var kept = Tally(0).Invested;
        kept.ShouldBe(Tally(0).Status == IdeaStatus.Merged ? 0 : 30L * Crowd);

        await TakenAsync(Idea(1), new SetIdeaStatus(IdeaStatus.Published, null));
        await UnmergeAsync(0);
        await SettleAsync();
        (Tally(0).Invested, Tally(1).Invested, Tally(2).Invested).ShouldBe((kept, 0, 40L * Crowd));
        for (var voter = 0; voter < Crowd; voter++)
            await TakenAsync(Voter(voter), Investment(1, Budget - 40 - (int)(kept / Crowd)));
        await ShouldBeFairAsync();
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    public async Task Whatever_is_merged_while_people_vote_credits_are_conserved_and_counts_equal_their_recount(int seed)
    {
        await OpenAsync();
        await CrowdVotesAsync();
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            var (idea, into) = (random.Next(Ideas), random.Next(Ideas));
            var votes = Enumerable.Range(0, Crowd).Select(voter => SendAsync(Voter(voter), Investment(random.Next(Ideas), random.Next(30)))).ToList();
            // Refused now and then: an idea that is merged already, or into one that is.
            votes.Add(SendAsync(Idea(idea), new MergeIdea(Names.Idea(idea), Names.Idea(into), null)));
            foreach (var reply in await Task.WhenAll(votes))
                if (reply.Kind == ReplyKind.Accepted)
                    await ShouldBeTakenAsync(reply);
            if (round % 2 == 1)
                await UnmergeAsync(random.Next(Ideas));
            if (round == 3)
                await Host.CrashAsync();
        }
        await SettleAsync();
        foreach (var merged in Enumerable.Range(0, Ideas).Where(idea => Tally(idea).Status == IdeaStatus.Merged))
            IsEmpty(merged).ShouldBeTrue();
        for (var idea = 0; idea < Ideas; idea++)
            await UnmergeAsync(idea);
        await SettleAsync();
        for (var voter = 0; voter < Crowd; voter++)
            ((Voter)await StateAsync(Voter(voter))).Merged.Links.ShouldBeEmpty();
        await ShouldBeFairAsync();
        await Host.RestartAsync();
        await ShouldBeFairAsync();
    }

    private async Task OpenAsync()
    {
        var creation = Creation();
        await TakenAsync(StreamId.Of(Campaign), creation with { Rules = creation.Rules with { Rank = new RankRule(5), Duel = new DuelRule() } });
        for (var idea = 0; idea < Ideas; idea++)
            await TakenAsync(Idea(idea), new SubmitIdea(Names.Text, [], null, null));
    }

    private async Task VoteOnAllAsync(int voter, int idea, int stars, int credits)
    {
        await TakenAsync(Voter(voter), new CastApproval(Names.Idea(idea), true));
        await TakenAsync(Voter(voter), Rating(idea, stars));
        await TakenAsync(Voter(voter), Investment(idea, credits));
        await TakenAsync(Voter(voter), new CastDuel(Names.Idea(idea), Names.Idea(2), Names.Idea(2)));
    }

    /// <summary>Everybody has something on idea 0, and most have something on the others.</summary>
    private Task CrowdVotesAsync() => Task.WhenAll(Enumerable.Range(0, Crowd).Select(async voter =>
    {
        Time.Pass(TimeSpan.FromMilliseconds(1));
        await TakenAsync(Voter(voter), Investment(0, 10 + voter % 7));
        if (voter % 2 == 0)
            await TakenAsync(Voter(voter), Investment(1, 20));
        await TakenAsync(Voter(voter), new CastApproval(Names.Idea(voter % 3), true));
        await TakenAsync(Voter(voter), Rating(voter % 2, 1 + voter % 5));
        if (voter % 3 == 0)
            await TakenAsync(Voter(voter), new SetOrder([Names.Idea(voter % Ideas), Names.Idea((voter + 1) % Ideas), Names.Idea((voter + 2) % Ideas)]));
        var (one, other) = (Names.Idea(voter % Ideas), Names.Idea((voter + 1) % Ideas));
        await TakenAsync(Voter(voter), new CastDuel(one, other, voter % 5 == 0 ? one : other));
    }));

    private Task<Reply> MergeAsync(int idea, int into) => TakenAsync(Idea(idea), new MergeIdea(Names.Idea(idea), Names.Idea(into), null));

    private Task<Reply> UnmergeAsync(int idea) => TakenAsync(Idea(idea), new UnmergeIdea());

    /// <summary>Whether no vote of any method stands on an idea.</summary>
    private bool IsEmpty(int idea)
    {
        var tally = Tally(idea);
        return (tally.Approvals, tally.Raters, tally.Investors, tally.Places.Sum()) == (0, 0, 0, 0) && Duels(idea).Length == 0;
    }

    private string Duels(int idea) => Engine.Query(Campaign, (board, _) => string.Join(' ', board.Duels.Pairs
        .Where(duel => duel.FirstWins + duel.SecondWins > 0)
        .Select(duel => (One: board.Ideas[duel.First].Id, Other: board.Ideas[duel.Second].Id, duel.FirstWins, duel.SecondWins))
        .Where(duel => duel.One == Names.Idea(idea) || duel.Other == Names.Idea(idea))
        .Order()));

    /// <summary>All that the board counts.</summary>
    private string Counts() => string.Join('\n', Enumerable.Range(0, Ideas).Select(idea =>
    {
        var tally = Tally(idea);
        return $"{tally.Approvals} {tally.Raters} {tally.Investors} {tally.Quadratic} {Counted(tally.Stars.Select(stars => (long)stars))} {Counted(tally.Places)} "
            + $"{string.Join(',', tally.Trending)} {Duels(idea)}";
    }).Append($"{Engine.Query(Campaign, (board, _) => board.Voters)} voters"));

    // Where nobody votes any more there are counts of none.
    private static string Counted(IEnumerable<long> counts) => string.Join(' ', counts.Select((count, at) => (count, at)).Where(entry => entry.count != 0));

    /// <summary>All that the ballots of the crowd say; the versions of investments are told anew by every change.</summary>
    private async Task<string> BallotsAsync()
    {
        var lines = new List<string>();
        for (var voter = 0; voter < Crowd; voter++)
        {
            var ballot = await BallotAsync(voter);
            lines.Add(string.Join(
                " | ", voter, string.Join(' ', ballot.Approvals), string.Join(' ', ballot.Ratings),
                string.Join(' ', ballot.Investments.Select(entry => $"{entry.Key} {entry.Value.Credits} {entry.Value.First}")),
                string.Join(' ', ballot.Order.Ideas), ballot.Order.First, string.Join(' ', ballot.Duels), ballot.SpentCredits));
        }
        return string.Join('\n', lines);
    }

    /// <summary>Waits until the feed says that every vote is where the team's merges have it.</summary>
    private async Task SettleAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var left = (await Engine.ReadFeedAsync(Campaign)).Count;
        var audit = new MergeAudit(Budget);
        await foreach (var entry in Engine.FeedAsync(Campaign, Position.Start, follow: true, limit.Token))
        {
            audit.Add(entry.Recorded());
            if (--left > 0 || !audit.IsSettled)
                continue;
            (await Engine.WaitAsync(entry.Position, Patience)).ShouldBeTrue();
            return;
        }
    }

    private async Task ShouldBeFairAsync()
    {
        var feed = await Engine.ReadFeedAsync(Campaign);
        RefundAudit.Check(feed);
        MergeAudit.Check(feed.Select(Feeds.Recorded), Budget);
        await ShouldEqualRecountAsync();
    }
}
