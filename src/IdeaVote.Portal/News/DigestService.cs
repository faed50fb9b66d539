using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Portal.News;

/// <summary>Looks every hour for whom it is time to be mailed.</summary>
/// <param name="sender">Sends.</param>
/// <param name="log">Says what went wrong.</param>
internal sealed class DigestService(DigestSender sender, ILogger<DigestService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sender.CanSend)
            return;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sender.SendAsync(stoppingToken);
            }
            catch (Exception e) when (e is JournalException or ApiException)
            {
                log.LogWarning(e, "News could not be mailed; in an hour again");
            }
        }
    }
}
