using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Projections;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Participation;

/// <summary>Who brought whom into a campaign. People are named by the ids that the feed has for them in this campaign.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Voters">How many voters ever cast a vote.</param>
/// <param name="Brought">How many people came by an invitation.</param>
/// <param name="Voted">How many of those have voted.</param>
/// <param name="Share">The part of the voters that they are, 0 to 1.</param>
/// <param name="Generations">How many were brought by somebody who came alone, how many by those, and so on.</param>
/// <param name="Inviters">Who brought somebody, those whose people voted most first; at most 100.</param>
/// <param name="Ideas">The ideas that were shown to those who came, in the same order; at most 100.</param>
/// <param name="LongestChain">Somebody who came alone, whom they brought, whom those brought, and so on; the last 100 of the longest chain.</param>
/// <param name="Days">The days of UTC on which somebody voted for the first time.</param>
internal sealed record WordOfMouthBody(
    string Campaign, int Voters, int Brought, int Voted, double Share, IReadOnlyList<GenerationBody> Generations, IReadOnlyList<InviterBody> Inviters,
    IReadOnlyList<SharedIdeaBody> Ideas, IReadOnlyList<string> LongestChain, IReadOnlyList<NewVotersBody> Days)
{
    private const int MaxListed = 100;

    /// <summary>As it is answered.</summary>
    public static WordOfMouthBody Of(string campaign, WordOfMouthCounts counts)
    {
        var who = counts.Who;
        return new WordOfMouthBody(
            campaign, counts.Voters, who.Total.People, who.Total.Voted, Math.Round(counts.Share, 6),
            [.. who.Generations.Select((brought, i) => new GenerationBody(i + 1, brought.People, brought.Voted))],
            [.. who.Inviters.Take(MaxListed).Select(inviter => new InviterBody(inviter.Voter.ToString(), inviter.Generation, inviter.Brought.People, inviter.Brought.Voted))],
            [.. who.Ideas.Take(MaxListed).Select(idea => new SharedIdeaBody(idea.Idea.ToString(), idea.Brought.People, idea.Brought.Voted))],
            [.. who.LongestChain(MaxListed).Select(voter => voter.ToString())],
            [.. counts.Days.Select(day => new NewVotersBody(new PeriodPart(day.Day, 0, 0, 0).Date, day.All, day.Brought))]);
    }
}

/// <summary>People with the same number of invitations between them and somebody who came alone.</summary>
/// <param name="Generation">How many invitations, from 1.</param>
/// <param name="Brought">How many people.</param>
/// <param name="Voted">How many of them have voted.</param>
internal sealed record GenerationBody(int Generation, int Brought, int Voted);

/// <summary>Somebody who brought others.</summary>
/// <param name="Voter">Who.</param>
/// <param name="Generation">How many invitations stand between them and somebody who came alone; 0 for who came alone.</param>
/// <param name="Brought">How many they brought themselves.</param>
/// <param name="Voted">How many of those have voted.</param>
internal sealed record InviterBody(string Voter, int Generation, int Brought, int Voted);

/// <summary>An idea that was shown to people who then came.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Brought">How many came.</param>
/// <param name="Voted">How many of those have voted, on whatever idea.</param>
internal sealed record SharedIdeaBody(string Idea, int Brought, int Voted);

/// <summary>Those who voted for the first time on a day.</summary>
/// <param name="Date">The day, of UTC.</param>
/// <param name="NewVoters">How many.</param>
/// <param name="Brought">How many of them came by an invitation.</param>
internal sealed record NewVotersBody(DateOnly Date, int NewVoters, int Brought);

/// <summary>A line of the list of invitations.</summary>
/// <param name="Voter">Who came.</param>
/// <param name="By">Who brought them.</param>
/// <param name="Idea">The idea that was shown to them; null for the campaign.</param>
/// <param name="At">When they came.</param>
/// <param name="VotedAt">When they first voted; null if they never did.</param>
/// <param name="Generation">How many invitations stand between them and somebody who came alone; 0 where this one does not count.</param>
/// <param name="Counts">Whether it counts: all do but the last one of those who brought each other in a circle.</param>
internal sealed record InvitationLine(string Voter, string By, string? Idea, DateTimeOffset At, DateTimeOffset? VotedAt, int Generation, bool Counts)
{
    /// <summary>A line for each invitation.</summary>
    public static IEnumerable<InvitationLine> Of(WordOfMouthCounts counts) => counts.All.Select(one => new InvitationLine(
        one.Voter.ToString(), one.By.ToString(), one.Idea?.ToString(), one.At.ToDateTimeOffset(), one.VotedAt?.ToDateTimeOffset(),
        one.Counts ? counts.Who.GenerationOf(one.Voter) : 0, one.Counts));
}

/// <summary>The JSON of who brought whom.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth, Converters = [typeof(IsoTimeConverter), typeof(OptionalIsoTimeConverter)])]
[JsonSerializable(typeof(WordOfMouthBody))]
[JsonSerializable(typeof(InvitationLine))]
internal sealed partial class WordOfMouthJson : JsonSerializerContext;
