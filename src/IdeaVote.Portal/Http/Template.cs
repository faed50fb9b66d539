using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace IdeaVote.Portal.Http;

/// <summary>What a template leaves out, because it is another for each visitor or each moment.</summary>
internal enum Gap
{
    /// <summary>What a form must send along.</summary>
    FormToken,

    /// <summary>The visitor's name.</summary>
    Name,

    /// <summary>The letter that stands for the visitor.</summary>
    Initial,

    /// <summary>The page's own path with its query, where forms lead back to.</summary>
    Here,

    /// <summary>Where the page's live changes come from.</summary>
    Live,

    /// <summary>The list's items, which are templates too.</summary>
    Items,

    /// <summary>Where the list goes on.</summary>
    Next,

    /// <summary>The link to share, which remembers whose it is.</summary>
    Share,
}

/// <summary>Markup that was rendered once for many visits, with gaps for what belongs to one of them.</summary>
internal sealed class Template
{
    // Nobody outside of this process knows it, so that no text of a person can pretend to be a gap.
    private static readonly string Nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private readonly (byte[] Markup, Gap? Then)[] pieces;

    private Template((byte[] Markup, Gap? Then)[] pieces)
    {
        this.pieces = pieces;
        Bytes = pieces.Sum(piece => piece.Markup.Length);
    }

    /// <summary>The bytes of its markup, without what fills the gaps.</summary>
    public int Bytes { get; }

    /// <summary>What is rendered where a gap is to be: letters and digits only, which every way of escaping leaves alone.</summary>
    public static string Mark(Gap gap) => $"{Nonce}{(char)('a' + (int)gap)}";

    /// <summary>Makes a template of markup that holds marks.</summary>
    public static Template Of(string markup)
    {
        var pieces = new List<(byte[], Gap?)>();
        var from = 0;
        for (var at = markup.IndexOf(Nonce, StringComparison.Ordinal); at >= 0; at = markup.IndexOf(Nonce, from, StringComparison.Ordinal))
        {
            pieces.Add((Encoding.UTF8.GetBytes(markup[from..at]), (Gap)(markup[at + Nonce.Length] - 'a')));
            from = at + Nonce.Length + 1;
        }
        pieces.Add((Encoding.UTF8.GetBytes(markup[from..]), null));
        return new Template([.. pieces]);
    }

    /// <summary>Markup of several, one after the other, with their gaps filled.</summary>
    public static string Join(IEnumerable<Template> templates, Filling filling)
    {
        var target = new ArrayBufferWriter<byte>();
        foreach (var template in templates)
            template.WriteTo(target, filling);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    /// <summary>How many bytes it comes to with its gaps filled.</summary>
    public int LengthWith(Filling filling)
    {
        var length = Bytes;
        foreach (var (_, gap) in pieces)
        {
            if (gap == Gap.Items)
                foreach (var item in filling.Items)
                    length += item.LengthWith(filling);
            else if (gap is { } one)
                length += filling[one].Length;
        }
        return length;
    }

    /// <summary>Writes it with its gaps filled.</summary>
    public void WriteTo(IBufferWriter<byte> target, Filling filling)
    {
        foreach (var (markup, gap) in pieces)
        {
            target.Write(markup);
            if (gap == Gap.Items)
                foreach (var item in filling.Items)
                    item.WriteTo(target, filling);
            else if (gap is { } one)
                target.Write(filling[one]);
        }
    }
}
