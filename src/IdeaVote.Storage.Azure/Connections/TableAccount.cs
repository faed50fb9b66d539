using Azure.Core;
using Azure.Data.Tables;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>
/// The clients of one account: one that repeats what failed for a passing reason (throttling, time-outs, lost connections), with
/// growing and scattered waits, and one that never repeats anything, for requests of which it must be known whether they happened.
/// </summary>
internal sealed class TableAccount
{
    private const int MaxRetries = 5;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    // Six tries of this and the waits between them: nobody waits for more than about a minute.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly TableServiceClient repeating;
    private readonly TableServiceClient once;
    private readonly AccountName name;

    public TableAccount(AzureTables settings)
    {
        try
        {
            repeating = Connect(settings, MaxRetries);
            once = Connect(settings, 0);
            name = new AccountName(repeating.AccountName ?? "?", repeating.Uri.Authority);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or OverflowException or KeyNotFoundException)
        {
            // Without the cause: a part of the key may be what is wrong, and may be quoted.
            throw new JournalException(
                "The connection string of the Azure storage account can't be read. Copy it from the account's access keys in the Azure portal: DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net");
        }
    }

    /// <summary>Connects to a table, and makes it if there is none.</summary>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    public async Task<Table> OpenAsync(string table, CancellationToken cancellation)
    {
        var opened = new Table(repeating.GetTableClient(table), once.GetTableClient(table), name);
        await opened.CreateAsync(cancellation);
        return opened;
    }

    private static TableServiceClient Connect(AzureTables settings, int retries)
    {
        var options = new TableClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = settings.RetryDelay;
        options.Retry.MaxDelay = MaxRetryDelay;
        options.Retry.NetworkTimeout = RequestTimeout;
        if (settings.Transport is not null)
            options.Transport = settings.Transport;
        return settings.Endpoint is null
            ? new TableServiceClient(settings.ConnectionString, options)
            : new TableServiceClient(settings.Endpoint, settings.Credential, options);
    }
}

/// <summary>An account, for people to read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">The machine, and the port if it is not the usual one.</param>
internal sealed record AccountName(string Name, string Host)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Host})";
}
