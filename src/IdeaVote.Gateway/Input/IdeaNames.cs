using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Input;

/// <summary>
/// Understands the names callers give ideas in JSON: an id, or <c>ref:</c> and the reference the idea was submitted with.
/// Whether there is such an idea is not its question. Not safe for concurrent use.
/// </summary>
/// <param name="ofReference">The id that belongs to a reference.</param>
internal sealed class IdeaNames(Func<string, IdeaId> ofReference)
{
    /// <summary>The longest reference, in characters.</summary>
    public const int MaxReference = 200;

    /// <summary>What a reference is announced by.</summary>
    public const string Prefix = "ref:";

    // More different ideas than this in one request are possible, but then the cache is not what helps.
    private readonly Utf8Cache<IdeaId> known = new(65_536);

    /// <summary>The idea of a name; false if nothing is named like this.</summary>
    /// <param name="name">The name, unescaped.</param>
    /// <param name="idea">The idea.</param>
    public bool TryResolve(ReadOnlySpan<byte> name, out IdeaId idea)
    {
        if (Id.TryParse(name, out var id))
        {
            idea = new IdeaId(id);
            return true;
        }
        if (known.TryGet(name, out idea))
            return true;
        if (!name.StartsWith("ref:"u8) || name.Length > Prefix.Length + MaxReference * 4)
            return false;
        idea = ofReference(Nfc.Normalise(Encoding.UTF8.GetString(name[Prefix.Length..])));
        known.Add(name, idea);
        return true;
    }

    /// <summary>The idea of a name; false if nothing is named like this.</summary>
    /// <param name="name">The name.</param>
    /// <param name="idea">The idea.</param>
    public bool TryResolve(string name, out IdeaId idea) => TryResolve(Encoding.UTF8.GetBytes(name), out idea);

    /// <summary>Says that a name is no idea's.</summary>
    /// <param name="field">Where it stands.</param>
    public static Refusal NotFound(string field) =>
        new(RefusalCode.IdeaNotFound, $"\"{field}\" names no idea; name it by its id or as \"{Prefix}<reference>\".", field);

    /// <summary>The idea that a request's path names; false if nothing is named like this.</summary>
    /// <param name="context">The request; its route has the part <c>i</c>.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="pseudonyms">Hashes references.</param>
    /// <param name="idea">The idea.</param>
    public static bool TryResolve(HttpContext context, CampaignId campaign, Pseudonyms pseudonyms, out IdeaId idea)
    {
        return TryResolve(context.Route("i"), campaign, pseudonyms, out idea);
    }

    /// <summary>The idea of a name; false if nothing is named like this.</summary>
    /// <param name="name">The name.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="pseudonyms">Hashes references.</param>
    /// <param name="idea">The idea.</param>
    public static bool TryResolve(string name, CampaignId campaign, Pseudonyms pseudonyms, out IdeaId idea)
    {
        if (Id.TryParse(name, out var id))
        {
            idea = new IdeaId(id);
            return true;
        }
        var named = name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length <= Prefix.Length + MaxReference;
        idea = named ? pseudonyms.IdeaOfReference(campaign, Nfc.Normalise(name[Prefix.Length..])) : default;
        return named;
    }
}
