using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace IdeaVote.Portal.News;

/// <summary>Makes the codes in mails by which somebody who has not signed in says that they want no more of them.</summary>
/// <param name="protection">Has the keys.</param>
internal sealed class DigestLinks(IDataProtectionProvider protection)
{
    private const int MaxChars = 500;

    private readonly IDataProtector protector = protection.CreateProtector("digest");

    /// <summary>The code of an account.</summary>
    public string CodeOf(Id account) => protector.Protect(account.ToString());

    /// <summary>The account of a code; null if we did not make it.</summary>
    public Id? Read(string code)
    {
        if (code.Length is 0 or > MaxChars)
            return null;
        try
        {
            return Id.TryParse(protector.Unprotect(code), out var account) ? account : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
