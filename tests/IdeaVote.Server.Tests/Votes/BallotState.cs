using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdeaVote.Server.Tests.Votes;

/// <summary>What one voter's ballot holds; equal ballots have equal texts.</summary>
internal sealed record BallotState(
    ImmutableSortedSet<string> Approve, ImmutableSortedDictionary<string, int> Rate, ImmutableSortedDictionary<string, int> Invest)
{
    public const string Criterion = "overall";

    private static readonly ImmutableSortedDictionary<string, int> None = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public static BallotState Empty { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal), None, None);

    public bool IsEmpty => Approve.IsEmpty && Rate.IsEmpty && Invest.IsEmpty;

    public BallotState WithApproval(string idea, bool approves) => this with { Approve = approves ? Approve.Add(idea) : Approve.Remove(idea) };

    public BallotState WithRating(string idea, int stars) => this with { Rate = With(Rate, idea, stars) };

    public BallotState WithInvestment(string idea, int credits) => this with { Invest = With(Invest, idea, credits) };

    /// <summary>Reads the API's form.</summary>
    public static BallotState Read(JsonElement ballot)
    {
        var state = Empty;
        foreach (var idea in ballot.GetProperty("approve").EnumerateArray())
            state = state.WithApproval(idea.GetString()!, approves: true);
        foreach (var rating in ballot.GetProperty("rate").EnumerateObject())
            state = state.WithRating(rating.Name, rating.Value.GetProperty(Criterion).GetInt32());
        foreach (var investment in ballot.GetProperty("invest").EnumerateObject())
            state = state.WithInvestment(investment.Name, investment.Value.GetInt32());
        return state;
    }

    /// <summary>Writes it as a line of ballots.</summary>
    public string ToLine(int line, string voter) => new JsonObject
    {
        ["line"] = line,
        ["voter"] = voter,
        ["approve"] = new JsonArray([.. Approve.Select(idea => JsonValue.Create(idea))]),
        ["rate"] = new JsonObject(Rate.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)new JsonObject { [Criterion] = r.Value }))),
        ["invest"] = new JsonObject(Invest.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)JsonValue.Create(i.Value)))),
    }.ToJsonString();

    public override string ToString() =>
        $"approves {string.Join(' ', Approve)}; rates {string.Join(' ', Rate.Select(r => $"{r.Key}={r.Value}"))}; "
        + $"invests {string.Join(' ', Invest.Select(i => $"{i.Key}={i.Value}"))}";

    private static ImmutableSortedDictionary<string, int> With(ImmutableSortedDictionary<string, int> votes, string idea, int value) =>
        value > 0 ? votes.SetItem(idea, value) : votes.Remove(idea);
}
