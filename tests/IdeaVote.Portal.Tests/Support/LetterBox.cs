using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IdeaVote.Portal.Accounts;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>Takes mail instead of sending it.</summary>
public sealed partial class LetterBox : IMailer
{
    private readonly ConcurrentQueue<Letter> letters = new();

    public bool CanSend { get; set; } = true;

    public Task<bool> SendAsync(string to, string subject, string text, CancellationToken cancellation = default)
    {
        letters.Enqueue(new Letter(to, subject, text));
        return Task.FromResult(true);
    }

    /// <summary>All mail to an address, oldest first.</summary>
    public IReadOnlyList<Letter> To(string address) => [.. letters.Where(letter => letter.To == address)];

    /// <summary>A mail.</summary>
    public sealed record Letter(string To, string Subject, string Text)
    {
        /// <summary>The path of the one link in it.</summary>
        public string Link => Links().Matches(Text).ShouldHaveSingleItem().Groups["path"].Value;
    }

    [GeneratedRegex(@"https://ideas\.example(?<path>/\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Links();
}
