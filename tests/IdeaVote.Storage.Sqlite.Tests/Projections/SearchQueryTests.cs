using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>Whatever somebody types, it is words to look for and never an operator or an error.</summary>
public sealed class SearchQueryTests : IAsyncLifetime
{
    private readonly SearchWorld world = new();
    private IdeaId idea;

    public async Task InitializeAsync() => idea = await world.SubmitAsync("alpha beta", "gamma delta near not or and 42", "title");

    public async Task DisposeAsync() => await world.DisposeAsync();

    public static TheoryData<string, bool> Hostile => new()
    {
        { "\"", false },
        { "\"alpha", true },
        { "al\"pha", false },
        { "alpha\" OR \"nothing", false },
        { "alpha AND", true },
        { "alpha AND beta", true },
        { "alpha NOT beta", true },
        { "NOT", true },
        { "alpha OR nothing", false },
        { "NEAR(alpha beta)", true },
        { "title : alpha", true },
        { "nothing : alpha", false },
        { "{title body} : alpha", false },
        { "- alpha", true },
        { "^alpha", true },
        { "^beta", true },
        { "alp*", true },
        { "*", false },
        { "alpha + beta", true },
        { "(alpha", true },
        { "alpha)", true },
        { "'; DROP TABLE words; --", false },
        { "alpha\0beta", true },
        { "\0", false },
        { "", false },
        { "   \t\r\n", false },
        { "🙂", false },
        { "🙂 alpha 👩‍👩‍👧", true },
        { "\ud800", false },
        { "alpha\udc00", true },
        { "\u0301", false },
        { "\u0301alpha", true },
        { "alpha\u200dbeta", true },
        { "4", true },
        { "½", false },
        { "\ue000", false },
        { "𝒶𝓁𝓅𝒽𝒶", false },
        { "\U0001E030 alpha", false },
        { "%", false },
        { "?1 $x :y @z", false },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_input_is_just_words(string query, bool isFound) =>
        (await world.SearchAsync(query)).ShouldBe(isFound ? [idea] : []);

    [Fact]
    public async Task Very_long_input_is_just_words()
    {
        (await world.SearchAsync(new string('a', 10_000))).ShouldBeEmpty();
        (await world.SearchAsync(new string('"', 10_000))).ShouldBeEmpty();
        (await world.SearchAsync(new string('(', 10_000) + "alpha")).ShouldBe([idea]);
        (await world.SearchAsync(string.Concat(Enumerable.Repeat("alpha ", 2_000)))).ShouldBe([idea]);
        (await world.SearchAsync(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"a{i} ")))).ShouldBeEmpty();
        (await world.SearchAsync(string.Concat(Enumerable.Repeat("a\u0301\u0301\u0301", 3_000)))).ShouldBeEmpty();
    }

    [Fact]
    public void Words_beyond_the_most_are_left_out() =>
        SearchQuery.ToMatch("c1", string.Join(' ', Enumerable.Range(0, 1_000)))!.Split(" AND ").Length.ShouldBe(1 + SearchQuery.MaxWords);

    [Fact]
    public async Task Nothing_that_can_be_typed_fails() =>
        await Task.Run(() => Prop.ForAll(
            Gen.OneOf(
                ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Item),
                Gen.Elements("\"", "'", "(", ")", "*", "^", ":", "{", "}", "+", "-", "AND ", "OR ", "NOT ", "NEAR", ",", "alpha", " ", "\0", "\u0301", "\ud83d", "🙂", "ß", "ı")
                    .ArrayOf().Select(parts => string.Concat(parts)))
                .ToArbitrary(),
            query => world.SearchAsync(query).AsTask().GetAwaiter().GetResult().Count <= 1)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithQuietOnSuccess(true)));
}
