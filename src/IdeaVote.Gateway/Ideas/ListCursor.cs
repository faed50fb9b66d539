using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Gateway.Ideas;

/// <summary>
/// Where a list of ideas goes on: either after a place in the order of submission, which no vote moves, or at a place in an
/// order that was frozen when the list began.
/// </summary>
/// <param name="Filters">Which list it belongs to; see <see cref="FiltersOf"/>.</param>
/// <param name="Order">The frozen order; null for the order of submission.</param>
/// <param name="Place">The number of the last idea shown in the order of submission; or of the first not yet shown in the frozen order.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListCursor(ulong Filters, Id? Order, int Place)
{
    private const byte InSubmission = 1;
    private const byte InFrozen = 2;
    private const int HeadBytes = 1 + 8 + 4;
    private const int MaxTextBytes = 64;

    /// <summary>A number that differs for lists that differ in campaign, filters or order.</summary>
    public static ulong FiltersOf(CampaignId campaign, params ReadOnlySpan<string?> filters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        Append(hash, length, campaign.ToString());
        foreach (var filter in filters)
            Append(hash, length, filter);
        Span<byte> sum = stackalloc byte[32];
        hash.GetHashAndReset(sum);
        return BinaryPrimitives.ReadUInt64LittleEndian(sum);
    }

    /// <summary>The written form, for a URL.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[HeadBytes + Id.Length];
        bytes[0] = Order is null ? InSubmission : InFrozen;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[1..], Filters);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[9..], Place);
        if (Order is not { } order)
            return Base64Url.EncodeToString(bytes[..HeadBytes]);
        order.Format(bytes[HeadBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the written form.</summary>
    public static bool TryParse(string text, out ListCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[MaxTextBytes];
        // The form that returns a status: TryDecodeFromChars throws at characters that are not base64.
        if (text.Length > MaxTextBytes || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length < HeadBytes)
            return false;
        Id? order = null;
        if (bytes[0] == InFrozen)
        {
            if (!Id.TryParse(bytes[HeadBytes..length], out var id))
                return false;
            order = id;
        }
        else if (bytes[0] != InSubmission || length != HeadBytes)
        {
            return false;
        }
        cursor = new ListCursor(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]), order, BinaryPrimitives.ReadInt32LittleEndian(bytes[9..]));
        return cursor.Place >= 0;
    }

    private static void Append(IncrementalHash hash, Span<byte> length, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
