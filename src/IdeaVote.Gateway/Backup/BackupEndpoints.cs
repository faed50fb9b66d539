using IdeaVote.Engine.Access;
using IdeaVote.Engine.Backup;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Gateway.Backup;

/// <summary>Everything a server keeps and can't make again, taken while it serves.</summary>
internal static class BackupEndpoints
{
    private const string Tar = "application/x-tar";
    private const int RetryAfterSeconds = 10;

    /// <summary>Maps it.</summary>
    public static void MapBackup(this IEndpointRouteBuilder api)
    {
        var backup = api.ServiceProvider.GetService<IBackup>();
        var lifetime = api.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        api.MapGet("/backup", context => GetAsync(context, backup, lifetime.ApplicationStopping)).Requires(Scopes.Admin)
            .Describe("Take a backup", doc => doc
                .Note("""
                    A tar archive of journal, texts, access and accounts as of one moment, with the SHA-256 of each file in its last but one, `manifest.json`. Its last is
                    `manifest.sha256`: an archive without it was cut short. `ideavote backup` downloads and checks it, `ideavote restore` makes a data folder of it.
                    It holds secrets, the addresses of people and what they wrote: keep it as you keep the server's folder. One at a time. A server that keeps its
                    journal in a database answers `backup_elsewhere`.
                    """)
                .Answer(200, Tar)
                .Problem(409, "backup_elsewhere").Problem(503, "overloaded").Problem(507, "no_room"));
    }

    private static async Task GetAsync(HttpContext context, IBackup? backup, CancellationToken stopping)
    {
        if (backup is null)
        {
            throw new ApiException(StatusCodes.Status409Conflict, "backup_elsewhere",
                "This server keeps what it knows in a database: back that up with its own tool, such as pg_dump for PostgreSQL. One dump is consistent by itself.");
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await using var copy = await CopyAsync(backup, stop.Token);
        context.Response.ContentType = Tar;
        context.Response.Headers.ContentDisposition = "attachment; filename=\"ideavote-backup.tar\"";
        try
        {
            await copy.WriteAsync(context.Response.Body, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller is gone, or the server stops; what was sent must not look whole.
            context.Abort();
        }
    }

    private static async Task<IBackupCopy> CopyAsync(IBackup backup, CancellationToken cancellation)
    {
        try
        {
            return await backup.CopyAsync(cancellation);
        }
        catch (BackupException e)
        {
            throw e.IsBusy
                ? new ApiException(StatusCodes.Status503ServiceUnavailable, "overloaded", e.Message) { RetryAfterSeconds = RetryAfterSeconds }
                : new ApiException(StatusCodes.Status507InsufficientStorage, "no_room", e.Message);
        }
    }
}
