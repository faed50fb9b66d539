using System.Buffers.Text;
using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Portal.Invitations;

/// <summary>
/// The codes in shared links that say who shared them: the account's id and 28 bits of nothing, one block of AES-256 under a key of the server's
/// for this campaign and idea. Nothing is stored; to others a code tells neither who it is of nor whether two are of the same person, and a
/// guess hits an account that exists with a chance of less than one in 2¹⁰⁰ for each account.
/// </summary>
/// <param name="pseudonyms">Has the keys.</param>
internal sealed class InviteCodes(Pseudonyms pseudonyms)
{
    /// <summary>The length of a code, in characters.</summary>
    public const int Length = 22;

    private const int BlockBytes = 16;

    /// <summary>The code of an account for a campaign, or for one of its ideas.</summary>
    public string Make(Id account, CampaignId campaign, IdeaId? idea)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        account.WriteBytes(block);
        using var aes = Cipher(campaign, idea);
        Span<byte> code = stackalloc byte[BlockBytes];
        aes.EncryptEcb(block, code, PaddingMode.None);
        return Base64Url.EncodeToString(code);
    }

    /// <summary>The account that a code is of; null if it is none of this campaign and idea.</summary>
    public Id? Read(string? code, CampaignId campaign, IdeaId? idea)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        if (code is not { Length: Length } || !Base64Url.IsValid(code) || !Base64Url.TryDecodeFromChars(code, block, out var length) || length != BlockBytes)
            return null;
        using var aes = Cipher(campaign, idea);
        Span<byte> plain = stackalloc byte[BlockBytes];
        aes.DecryptEcb(block, plain, PaddingMode.None);
        var account = Id.FromBytes(plain);
        Span<byte> again = stackalloc byte[BlockBytes];
        account.WriteBytes(again);
        return plain.SequenceEqual(again) ? account : null;
    }

    // One block, which never repeats but for the same account: the mode without a chain is as good as any here.
    private Aes Cipher(CampaignId campaign, IdeaId? idea)
    {
        var aes = Aes.Create();
        aes.Key = pseudonyms.InviteKey(campaign, idea);
        return aes;
    }
}
