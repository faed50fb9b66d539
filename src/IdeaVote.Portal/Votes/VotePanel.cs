using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Campaigns;

namespace IdeaVote.Portal.Votes;

/// <summary>All that a visitor can say of one idea, and what they have said.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="WhyNot">Why they can't vote, as the key of a text; null if they can.</param>
/// <param name="Approval">Approving; null if it is off.</param>
/// <param name="Rating">Rating; null if it is off.</param>
/// <param name="Investment">Investing; null if it is off.</param>
/// <param name="Place">The idea's place in their order; null if ranking is off.</param>
public sealed record VotePanel(
    string Campaign, string Idea, string? WhyNot, ApprovalPart? Approval, RatingPart? Rating, InvestmentPart? Investment, PlacePart? Place)
{
    /// <summary>What was just saved, as the key of a text; null for nothing.</summary>
    public string? Saved { get; init; }

    /// <summary>How to undo it; null if there is nothing to undo.</summary>
    public UndoPart? Undo { get; init; }

    /// <summary>Whether votes, once cast, stay as they are.</summary>
    public bool AreFinal { get; init; }

    /// <summary>Whether everybody can read the ballots, under pseudonyms, once voting has closed.</summary>
    public bool ArePublished { get; init; }

    /// <summary>Whether there is anything to vote by.</summary>
    public bool HasAny => Approval is not null || Rating is not null || Investment is not null || Place is not null;

    /// <summary>What a voter sees.</summary>
    internal static VotePanel Of(CampaignView campaign, IdeaId idea, Voter voter, string? whyNot)
    {
        var (rules, ballot) = (campaign.State.Rules, voter.Ballot);
        var scores = ballot.Ratings.TryGetValue(idea, out var rating) ? rating.Scores : Scores.None;
        var credits = ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;
        var place = ballot.Order.Ideas.IndexOf(idea);
        return new VotePanel(
            campaign.Key, idea.ToString(), whyNot,
            rules.Approve is null ? null : new ApprovalPart(ballot.Approvals.ContainsKey(idea), voter.ApprovalsLeft(rules)),
            rules.Rate is null ? null : new RatingPart([.. campaign.Text.Criteria.Take(rules.Rate.Weights.Length).Select((name, i) => new CriterionPart(name, scores[i]))]),
            rules.Invest is not { } invest ? null : new InvestmentPart(
                credits, (int)Math.Min(invest.MaxCredits ?? int.MaxValue, (voter.CreditsLeft(rules) ?? 0) + (long)credits),
                voter.CreditsLeft(rules) ?? 0, invest.BudgetCredits, invest.IsQuadratic),
            rules.Rank is not { } rank ? null : new PlacePart(place < 0 ? null : place + 1, ballot.Order.Ideas.Length, rank.MaxLength))
        {
            AreFinal = !rules.VotesCanChange,
            ArePublished = rules.Publication is not null,
        };
    }
}

/// <summary>Approving.</summary>
/// <param name="Is">Whether the voter approves the idea.</param>
/// <param name="Left">How many more they can approve; null for any number.</param>
public sealed record ApprovalPart(bool Is, int? Left);

/// <summary>Rating.</summary>
/// <param name="Criteria">The stars given on each criterion.</param>
public sealed record RatingPart(IReadOnlyList<CriterionPart> Criteria);

/// <summary>One criterion.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stars">The stars given, 1 to 5; 0 for none.</param>
public sealed record CriterionPart(string Name, int Stars);

/// <summary>Investing.</summary>
/// <param name="Credits">What the voter has put into the idea.</param>
/// <param name="Max">The most they can put into it.</param>
/// <param name="Left">What is left of the budget.</param>
/// <param name="Budget">The budget.</param>
/// <param name="IsQuadratic">Whether votes cost the square of their number.</param>
public sealed record InvestmentPart(int Credits, int Max, int Left, int Budget, bool IsQuadratic)
{
    /// <summary>The amount as the form shows it: votes where they cost their square, else credits.</summary>
    public int Shown => IsQuadratic ? (int)Math.Sqrt(Credits) : Credits;

    /// <summary>The most of it.</summary>
    public int ShownMax => IsQuadratic ? (int)Math.Sqrt(Max) : Max;
}

/// <summary>A place in an order.</summary>
/// <param name="Is">The idea's place, from 1; null if it has none.</param>
/// <param name="Length">How many ideas the order has.</param>
/// <param name="Max">How many it can have.</param>
public sealed record PlacePart(int? Is, int Length, int Max);

/// <summary>A form that sets a vote back to what it was.</summary>
/// <param name="Action">The last part of its address.</param>
/// <param name="Fields">What it sends.</param>
public sealed record UndoPart(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private static readonly string[] Actions = ["approve", "rate", "invest", "place"];

    /// <summary>Reads the written form.</summary>
    /// <returns>Null if it is none: a form that a cookie makes may only be one of a vote.</returns>
    public static UndoPart? Read(string? text)
    {
        var parts = text?.Split('&') ?? [];
        if (parts.Length is < 2 or > 20 || !Actions.Contains(parts[0], StringComparer.Ordinal))
            return null;
        var fields = parts.Skip(1).Select(part => part.Split('=', 2)).ToArray();
        return Array.TrueForAll(fields, field => field.Length == 2)
            ? new UndoPart(parts[0], [.. fields.Select(field => KeyValuePair.Create(Uri.UnescapeDataString(field[0]), Uri.UnescapeDataString(field[1])))])
            : null;
    }

    /// <summary>The written form, for a cookie.</summary>
    public override string ToString() =>
        Action + string.Concat(Fields.Select(field => string.Create(CultureInfo.InvariantCulture, $"&{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));
}
