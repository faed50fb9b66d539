using System.Xml.Linq;
using IdeaVote.Engine.Accounts;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace IdeaVote.Portal.Accounts;

/// <summary>Keeps the framework's key ring among the accounts, so that cookies survive a restart and hold at every process of a cluster.</summary>
/// <param name="store">Has the accounts.</param>
internal sealed class CookieKeys(IAccountStore store) : IXmlRepository
{
    // The framework asks rarely, at the start and every day, and has no other form of asking.

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.CookieKeysAsync().AsTask().GetAwaiter().GetResult().Select(XElement.Parse)];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        store.AddCookieKeyAsync(element.ToString(SaveOptions.DisableFormatting)).AsTask().GetAwaiter().GetResult();
}
