using System.Text;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary>Copies a campaign's election in the .pb format, or its published ballots, as the server writes them.</summary>
/// <param name="host">Where it goes without a file, and progress.</param>
/// <param name="client">The server.</param>
internal sealed class ElectionExport(CliHost host, ApiClient client)
{
    /// <summary>Writes it.</summary>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="from">The votes to write; null for those of the first method that is on.</param>
    /// <param name="asOf">As of which time or position; null for now.</param>
    /// <param name="path">The file to write; null for stdout.</param>
    /// <param name="cancel">Ends the copying.</param>
    /// <exception cref="ApiException">The server refused, or the connection broke. A file is left as it was.</exception>
    public Task WriteAsync(string campaign, string? from, string? asOf, string? path, CancellationToken cancel) =>
        CopyAsync(new QueryPath($"campaigns/{Uri.EscapeDataString(campaign)}/election.pb").With("from", from).With("asOf", asOf).ToString(), path, cancel);

    /// <summary>Writes the published ballots.</summary>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="path">The file to write; null for stdout.</param>
    /// <param name="cancel">Ends the copying.</param>
    /// <exception cref="ApiException">The server refused, or the connection broke. A file is left as it was.</exception>
    public Task WritePublishedAsync(string campaign, string? path, CancellationToken cancel) =>
        CopyAsync($"campaigns/{Uri.EscapeDataString(campaign)}/ballots/published", path, cancel);

    private async Task CopyAsync(string source, string? path, CancellationToken cancel)
    {
        var written = 0L;
        await Waiting.ForAsync(host, () => $"exporting, {written / 1024} KiB", async () =>
        {
            if (path is null)
            {
                await client.CopyAsync(source, host.Out, length => written += length, cancel);
                await host.Out.FlushAsync(cancel);
                return written;
            }
            // Half an election looks like a whole one, so it gets its name only when it is complete.
            var part = path + ".part";
            try
            {
                await using (var file = new StreamWriter(part, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                    await client.CopyAsync(source, file, length => written += length, cancel);
                File.Move(part, path, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
            return written;
        });
    }
}
