using System.Net.Sockets;
using Azure;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>Says in plain words what went wrong with an account's tables and what to do. No message holds a key or a token.</summary>
internal static class TableErrors
{
    /// <summary>Whether an exception is about the account or the way to it, so that <see cref="Explain"/> knows what to say.</summary>
    public static bool IsAboutTables(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        AggregateException many => many.InnerExceptions.All(inner => IsAboutTables(inner, cancellation)),
        _ => e is RequestFailedException or SignInException or IOException or HttpRequestException or SocketException or TimeoutException,
    };

    /// <summary>Whether the service said clearly that it has not done, and will not do, what it was asked.</summary>
    public static bool IsRefusal(Exception e) => e is RequestFailedException { Status: >= 400 and < 500 and not 408 };

    /// <summary>Explains an exception in one line.</summary>
    public static JournalException Explain(Exception e, AccountName account)
    {
        // Of several tries the last one counts.
        while (e is AggregateException { InnerExceptions: [.., var last] })
            e = last;
        var text = e switch
        {
            SignInException => $"No token could be had for the Azure storage account {account}. Check the identity this process runs under.",
            RequestFailedException { Status: > 0 } answer => OfService(answer, account),
            OperationCanceledException or TimeoutException =>
                $"The Azure storage account {account} did not answer in time. See whether Azure reports a disturbance, then start again.",
            _ => OfConnection(e, account),
        };
        return new JournalException($"{text} ({Original(e)})", e);
    }

    private static string OfService(RequestFailedException e, AccountName account) => e.Status switch
    {
        401 or 403 =>
            $"The Azure storage account {account} does not let this process in. Check the account's key, or give the identity the role Storage Table Data Contributor; check the account's firewall and this machine's clock too.",
        404 => $"A table is missing in the Azure storage account {account}. Start again: tables are made at the start; if it was deleted by mistake, restore it.",
        409 => $"The Azure storage account {account} is busy with the table, as after it was deleted. Start again in a minute.",
        413 => $"The Azure storage account {account} takes no request that large. Store less at once.",
        408 or 429 or 500 or 502 or 503 or 504 =>
            $"The Azure storage account {account} is too busy or disturbed. Start again; if it goes on, spread the load over more partitions or accounts. Nothing that was acknowledged is lost.",
        _ => $"The Azure storage account {account} refuses a request. If it goes on, report this with the message.",
    };

    private static string OfConnection(Exception e, AccountName account)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return $"No Azure storage account is known as {account.Host}. Check the account's name and address.";
        return $"The Azure storage account {account} can't be reached. Check the network between here and there, and the account's firewall.";
    }

    /// <summary>What the service or the system said, in short: its long form repeats the answer's headers.</summary>
    private static string Original(Exception e)
    {
        var line = e.Message.ReplaceLineEndings("\n").Split('\n', 2)[0].Trim();
        return e is RequestFailedException { Status: > 0 } answer ? $"Azure {answer.Status} {answer.ErrorCode}: {line}" : line;
    }
}
