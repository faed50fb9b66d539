using System.CommandLine;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary>The command line asks for something that makes no sense.</summary>
/// <param name="message">What, and the way out.</param>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Turns the ways a command can fail into a line on stderr and an exit code, the same for all commands.</summary>
internal static class CommandRunner
{
    /// <summary>Makes the work what the command does.</summary>
    public static void Runs(this Command command, CliHost host, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, cancel) => RunAsync(host, () => work(parsed, cancel), cancel));

    private static async Task<int> RunAsync(CliHost host, Func<Task<int>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            host.Note("ideavote: stopped");
            return ExitCodes.Cancelled;
        }
        catch (UsageException e)
        {
            host.Note($"ideavote: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (ApiException e)
        {
            host.Note($"ideavote: {Describe(e)}");
            return ExitCodes.Server;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Note($"ideavote: {e.Message}");
            return ExitCodes.File;
        }
    }

    private static string Describe(ApiException e)
    {
        var field = e.Field is null ? "" : $" [{e.Field}]";
        var code = e.Code is null ? "" : $" ({e.Code})";
        return e.Message + field + code;
    }
}
