namespace IdeaVote.Engine.Tests.Support;

/// <summary>A campaign in an engine, with ideas and people who invest in them.</summary>
public static class Crowd
{
    public static StreamId Of(VoterId voter) => StreamId.Of(TheCampaign, voter);

    public static VoterId Person(int number) => VoterOf($"person {number}");

    public static async Task OpenAsync(this MemoryEngine engine, params IdeaId[] ideas)
    {
        await AcceptedAsync(engine, StreamId.Of(TheCampaign), new CreateCampaign(Doc("campaign"), Preset.Continuous, Plain, [Open]));
        foreach (var idea in ideas)
            await AcceptedAsync(engine, StreamId.Of(TheCampaign, idea), new SubmitIdea(Doc("idea"), [], null, null));
    }

    public static Task InvestAsync(this MemoryEngine engine, VoterId voter, IdeaId idea, int credits) =>
        AcceptedAsync(engine, Of(voter), new CastInvestment(idea, credits));

    public static Task SetStatusAsync(this MemoryEngine engine, IdeaId idea, IdeaStatus status) =>
        AcceptedAsync(engine, StreamId.Of(TheCampaign, idea), new SetIdeaStatus(status, null));

    public static Task MergeAsync(this MemoryEngine engine, IdeaId idea, IdeaId into) =>
        AcceptedAsync(engine, StreamId.Of(TheCampaign, idea), new MergeIdea(idea, into, null));

    public static Task UnmergeAsync(this MemoryEngine engine, IdeaId idea) => AcceptedAsync(engine, StreamId.Of(TheCampaign, idea), new UnmergeIdea());

    /// <summary>The credits a voter has invested in an idea.</summary>
    public static int Credits(this MemoryEngine engine, VoterId voter, IdeaId idea) =>
        ((Voter)engine.State(Of(voter))).Ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;

    /// <summary>The credits invested in an idea by all.</summary>
    public static long Invested(this MemoryEngine engine, IdeaId idea) =>
        engine.Query(TheCampaign, (board, _) => board.Find(idea)?.Invested ?? 0);

    private static async Task AcceptedAsync(MemoryEngine engine, StreamId stream, Command command) =>
        (await engine.SendAsync(stream, command)).Kind.ShouldBe(ReplyKind.Accepted);
}
