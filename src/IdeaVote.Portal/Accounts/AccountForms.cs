namespace IdeaVote.Portal.Accounts;

/// <summary>What the form to sign in, or to open an account, shows.</summary>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Email">The address typed so far.</param>
/// <param name="Name">The name typed so far.</param>
/// <param name="Answer">What was wrong; null at first.</param>
public sealed record EntryModel(string To, string Email = "", string Name = "", DeskAnswer? Answer = null)
{
    /// <summary>The key of the set-up link, on the page that makes the first administrator; null elsewhere.</summary>
    public string? SetupKey { get; init; }
}

/// <summary>What the form to get a new password shows.</summary>
/// <param name="CanMail">Whether the server can send mail.</param>
public sealed record ForgotModel(bool CanMail);

/// <summary>What the form to choose a new password shows.</summary>
/// <param name="Code">The code of the link.</param>
/// <param name="Answer">What was wrong; null at first.</param>
public sealed record ResetModel(string Code, DeskAnswer? Answer = null);
