using System.Security.Cryptography;
using System.Text;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary>Copies a campaign's standing ballots, line by line. They are of one moment, so a broken connection begins anew.</summary>
/// <param name="client">The server.</param>
/// <param name="campaign">The campaign's key.</param>
/// <param name="format">jsonl or csv.</param>
internal sealed class BallotExport(ApiClient client, string campaign, string format)
{
    /// <summary>Writes them.</summary>
    /// <returns>SHA-256 of what was written, in hexadecimal: as jsonl that is the <c>ballots</c> of a head of the same position.</returns>
    /// <exception cref="ApiException">The server refused, cannot be reached, or the connection broke.</exception>
    public async Task<string> WriteAsync(TextWriter output, CancellationToken cancel)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var line in client.GetLinesAsync($"campaigns/{Uri.EscapeDataString(campaign)}/ballots?format={format}", null, cancel))
        {
            sha.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            output.Write(line);
            output.Write('\n');
        }
        await output.FlushAsync(cancel);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
