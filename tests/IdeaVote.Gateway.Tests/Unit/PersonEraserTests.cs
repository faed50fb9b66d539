using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Persons;
using IdeaVote.Gateway.Tests.Unit.Support;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Voters;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class PersonEraserTests : IAsyncLifetime
{
    private readonly Pseudonyms names = new(new byte[32]);
    private readonly HookedEngine engine = new(new TinyEngine());
    private readonly TextShelf texts = new();
    private readonly TokenShelf access = new();
    private readonly SearchThatLags search = new();
    private readonly TextDocuments documents;
    private readonly TokenBook tokens;
    private readonly PersonEraser eraser;

    public PersonEraserTests()
    {
        documents = new TextDocuments(texts, names, new GatewayOptions());
        tokens = new TokenBook(access, names, new FixedTime());
        eraser = new PersonEraser(engine, texts, documents, access, tokens, names, search, search);
    }

    private CampaignId Campaign => names.Campaign("k");

    private StreamId IdeaStream => StreamId.Of(Campaign, names.IdeaOfReference(Campaign, "r"));

    private StreamId Ann => StreamId.Of(Campaign, names.Voter(Campaign, "ann"));

    /// <summary>A campaign, an idea of ann's, her attributes, her token, and a text of bob's.</summary>
    public async Task InitializeAsync()
    {
        var rules = new Rules(new ApproveRule(null), null, null, true, false, null, WhoMayVote.Anyone, [], false);
        await SendAsync(StreamId.Of(Campaign), new CreateCampaign(await PutAsync(StreamId.Of(Campaign), null), Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null)]));
        await SendAsync(IdeaStream, new SubmitIdea(await PutAsync(IdeaStream, "ann"), [], null, names.Voter(Campaign, "ann")));
        await SendAsync(Ann, new CastApproval(names.IdeaOfReference(Campaign, "r"), true));
        await SendAsync(Ann, new DescribeVoter(null, new AttributesChange(await PutAsync(Ann, "ann"))));
        await PutAsync(StreamId.Of(Campaign, names.IdeaOfReference(Campaign, "bob's")), "bob");
        await tokens.AddAsync(new TokenRecord(names.RandomId(), new byte[32], "t", Scopes.Vote, "ann", names.Person("ann"), null, new Instant(0), null));
        engine.Sent.Clear();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_person_is_erased_everywhere_and_their_votes_stay_counted()
    {
        var (answer, _, failed) = await eraser.EraseAsync("ann", null);

        failed.ShouldBeNull();
        answer.ShouldBe(new ErasureAnswer(2, 1));
        texts.Count.ShouldBe(2);
        (await texts.OfPersonAsync(names.Person("bob"))).Count.ShouldBe(1);
        tokens.Find(new byte[32]).ShouldBeNull();
        access.Erased.ShouldBe([(Campaign, names.Voter(Campaign, "ann"))]);
        engine.Sent.OfType<EraseIdeaText>().Count().ShouldBe(1);
        ((Voter)(await engine.ReadAsync(Ann)).State!).Attributes.ShouldBeNull();
        engine.Query(Campaign, (board, _) => board.Find(names.IdeaOfReference(Campaign, "r"))!.Approvals).ShouldBe(1);
    }

    [Fact]
    public async Task Erasing_again_finds_nothing()
    {
        await eraser.EraseAsync("ann", null);
        engine.Sent.Clear();

        (await eraser.EraseAsync("ann", null)).Answer.ShouldBe(new ErasureAnswer(0, 0));

        engine.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_is_not_gone_before_the_journal_says_so()
    {
        var there = new List<int>();
        engine.Before = (_, _) =>
        {
            there.Add(texts.Count);
            return Task.FromResult<Reply?>(null);
        };

        await eraser.EraseAsync("ann", null);

        there.ShouldBe([4, 4]);
    }

    [Fact]
    public async Task What_the_person_said_in_discussions_is_announced_and_erased()
    {
        var thread = StreamId.Of(Campaign, new ThreadId(names.RandomId()));
        await SendAsync(thread, new StartThread(new CommentId(thread.Key), names.IdeaOfReference(Campaign, "r"), names.Voter(Campaign, "ann"), await PutAsync(thread, "ann")));

        (await eraser.EraseAsync("ann", null)).Answer.Texts.ShouldBe(3);

        engine.Sent.OfType<EraseCommentText>().ShouldHaveSingleItem();
        ((CommentThread)(await engine.ReadAsync(thread)).State!).Comments.ShouldHaveSingleItem().IsErased.ShouldBeTrue();
        engine.Query(Campaign, (board, _) => board.Find(names.IdeaOfReference(Campaign, "r"))!.Comments).ShouldBe(0);
    }

    [Fact]
    public async Task An_interrupted_erasure_is_finished_by_repeating_it()
    {
        engine.Before = (_, _) => Task.FromResult<Reply?>(Reply.OutcomeUnknown);
        (await eraser.EraseAsync("ann", null)).Failed!.Value.Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        texts.Count.ShouldBe(4);

        engine.Before = null;

        (await eraser.EraseAsync("ann", null)).Answer.Texts.ShouldBe(2);
        texts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_written_for_the_person_meanwhile_is_erased_and_announced_too()
    {
        var late = StreamId.Of(Campaign, names.IdeaOfReference(Campaign, "late"));
        var written = false;
        engine.Before = async (stream, _) =>
        {
            if (written || stream == late)
                return null;
            written = true;
            await SendAsync(late, new SubmitIdea(await PutAsync(late, "ann"), [], null, names.Voter(Campaign, "ann")));
            return null;
        };

        (await eraser.EraseAsync("ann", null)).Answer.Texts.ShouldBe(3);

        engine.Sent.OfType<EraseIdeaText>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_text_whose_idea_never_came_to_be_is_erased_all_the_same()
    {
        await PutAsync(StreamId.Of(Campaign, names.IdeaOfReference(Campaign, "never")), "ann");

        (await eraser.EraseAsync("ann", null)).Answer.Texts.ShouldBe(3);
    }

    [Fact]
    public async Task While_the_search_index_is_behind_the_erasure_is_not_done()
    {
        search.Lags = true;

        (await Should.ThrowAsync<ApiException>(async () => await eraser.EraseAsync("ann", null))).Code.ShouldBe("not_yet");

        texts.Count.ShouldBe(2);
        search.Lags = false;
        (await eraser.EraseAsync("ann", null)).Failed.ShouldBeNull();
    }

    private async Task SendAsync(StreamId stream, Command command) =>
        (await engine.SendAsync(stream, command)).Kind.ShouldBe(ReplyKind.Accepted);

    private async Task<TextRef> PutAsync(StreamId stream, string? owner)
    {
        var text = new VoterText(ImmutableDictionary<string, string>.Empty);
        var (document, reference) = documents.Make(stream, owner is null ? null : names.Person(owner), text, VoterTextJson.Default.VoterText);
        await documents.PutAsync(document);
        return reference;
    }

    private sealed class SearchThatLags : ISearchIndex, IProjectionWaiter
    {
        public bool Lags { get; set; }

        public string Name => "search";

        public ValueTask<bool> WaitAsync(string projection, Position position, TimeSpan patience, CancellationToken cancellation = default) =>
            ValueTask.FromResult(projection == Name && !Lags);

        public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<IdeaId>> SearchAsync(CampaignId campaign, string query, int max, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<IdeaId>> SimilarAsync(CampaignId campaign, string text, int max, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
