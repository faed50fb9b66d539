using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>Whether a campaign's rules let this person vote.</summary>
public static class Eligibility
{
    /// <summary>Why this person may not vote; null if they may.</summary>
    /// <param name="rules">The campaign's rules.</param>
    /// <param name="credentials">What is vouched for about the person.</param>
    public static Refusal? Check(Rules rules, Credentials credentials) => rules.Who switch
    {
        WhoMayVote.Anyone => null,
        WhoMayVote.Confirmed when !credentials.AddressConfirmed =>
            Refuse("This campaign takes votes of accounts with a confirmed address only; confirm yours first."),
        WhoMayVote.Confirmed when !rules.Domains.IsEmpty && (credentials.Domain is not { } domain || !rules.Domains.Contains(domain)) =>
            Refuse("This campaign takes votes of addresses of certain domains only, and yours is not among them."),
        WhoMayVote.Confirmed => null,
        WhoMayVote.Roll when credentials.OnRoll => null,
        WhoMayVote.Roll => Refuse("Only those on this campaign's voter roll may vote; ask the team to add you."),
        _ => throw new ArgumentOutOfRangeException(nameof(rules), rules.Who, "No such rule."),
    };

    private static Refusal Refuse(string detail) => new(RefusalCode.NotEligible, detail);
}
