using Azure.Core;
using Azure.Core.Pipeline;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>Which storage account's tables to use, and how to get in. Its text never holds a secret.</summary>
public sealed class AzureTables
{
    /// <summary>What the names of the tables begin with, unless told otherwise.</summary>
    public const string DefaultPrefix = "ideavote";

    /// <summary>The longest prefix, in characters: with a store's own word the name of a table keeps within Azure's 63.</summary>
    public const int MaxPrefixLength = 50;

    private const int MinPrefixLength = 3;

    private AzureTables(string prefix)
    {
        if (prefix.Length is < MinPrefixLength or > MaxPrefixLength || !char.IsAsciiLetter(prefix[0]) || !prefix.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException(
                $"The prefix of the tables' names is {MinPrefixLength} to {MaxPrefixLength} letters and digits of ASCII and begins with a letter.", nameof(prefix));
        Prefix = prefix;
    }

    /// <summary>What the names of the tables begin with: <c>{prefix}journal</c>, <c>{prefix}texts</c>, <c>{prefix}access</c>, <c>{prefix}people</c>.</summary>
    public string Prefix { get; }

    /// <summary>How to get in by a key; null if by a token.</summary>
    internal string? ConnectionString { get; private init; }

    /// <summary>Where the account is, if a token is to be used.</summary>
    internal Uri? Endpoint { get; private init; }

    /// <summary>What gets the tokens.</summary>
    internal TokenCredential? Credential { get; private init; }

    /// <summary>What carries the requests; null for the ordinary one.</summary>
    internal HttpPipelineTransport? Transport { get; private init; }

    /// <summary>How long to wait before the first repetition of a request that may be repeated; each further wait doubles, give or take a fifth.</summary>
    internal TimeSpan RetryDelay { get; private init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Names an account by a connection string with its key, as the Azure portal shows it, or <c>UseDevelopmentStorage=true</c> for an emulator.</summary>
    /// <param name="connectionString">The connection string. It is a secret; it is looked at when a store is opened.</param>
    /// <param name="prefix">What the tables' names begin with: 3 to 50 letters and digits, a letter first.</param>
    /// <exception cref="ArgumentException">The prefix is none.</exception>
    public static AzureTables FromConnectionString(string connectionString, string prefix = DefaultPrefix) =>
        new(prefix) { ConnectionString = connectionString };

    /// <summary>Names an account by its address; who asks is proved by a token, such as a managed identity's.</summary>
    /// <param name="endpoint">The address of the account's tables, such as <c>https://account.table.core.windows.net</c>.</param>
    /// <param name="credential">Gets the tokens. The identity needs the role Storage Table Data Contributor.</param>
    /// <param name="prefix">What the tables' names begin with: 3 to 50 letters and digits, a letter first.</param>
    /// <exception cref="ArgumentException">The prefix is none, or the address does not begin with <c>https://</c>.</exception>
    public static AzureTables FromEndpoint(Uri endpoint, TokenCredential credential, string prefix = DefaultPrefix)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("The address of the tables begins with https://, as a token must not travel in the open.", nameof(endpoint));
        return new AzureTables(prefix) { Endpoint = endpoint, Credential = new ExplainedCredential(credential) };
    }

    /// <summary>The same account over another network, and with another wait before a request is repeated: for tests.</summary>
    internal AzureTables With(HttpPipelineTransport? transport, TimeSpan retryDelay) => new(Prefix)
    {
        ConnectionString = ConnectionString,
        Endpoint = Endpoint,
        Credential = Credential,
        Transport = transport,
        RetryDelay = retryDelay,
    };

    /// <summary>Connects to one table, and makes it if there is none.</summary>
    /// <param name="name">The table's name without the prefix.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    internal Task<Table> OpenAsync(string name, CancellationToken cancellation) => new TableAccount(this).OpenAsync(Prefix + name, cancellation);

    /// <inheritdoc/>
    public override string ToString() => Endpoint is null ? $"tables {Prefix}*" : $"tables {Prefix}* at {Endpoint.Host}";
}
