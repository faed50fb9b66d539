using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Public keys that the user trusts, by where they are from.</summary>
/// <param name="source">The file or address.</param>
/// <param name="keys">The keys.</param>
internal sealed class TrustedKeys(string source, IReadOnlyList<PublicJwk> keys)
{
    private const string WellKnown = "/.well-known/ideavote-keys.json";

    /// <summary>Where they are from.</summary>
    public string Source { get; } = source;

    /// <summary>Whether one of them has this thumbprint. What a key calls itself does not count.</summary>
    public bool Has(string kid) => keys.Any(key => key.Thumbprint() == kid);

    /// <summary>Reads a JWK set.</summary>
    /// <param name="host">Does the asking.</param>
    /// <param name="source">A file, or an address; of a server alone, its well-known one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="ApiException">The address does not answer, or not with a JWK set.</exception>
    /// <exception cref="IOException">The file cannot be read, or is no JWK set.</exception>
    public static async Task<TrustedKeys> ReadAsync(CliHost host, string source, CancellationToken cancel)
    {
        var address = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
        var json = address is null ? await File.ReadAllBytesAsync(source, cancel) : await DownloadAsync(host, address, cancel);
        try
        {
            if (JsonSerializer.Deserialize(json, AuditJson.Default.PublicJwkSet) is { Keys.Count: > 0 } set && !set.Keys.Contains(null!))
                return new TrustedKeys(source, set.Keys);
        }
        catch (JsonException)
        {
            // Said below.
        }
        var text = $"{source} has no keys as a server's {WellKnown} has them";
        throw address is null ? new IOException(text) : new ApiException(text);
    }

    private static async Task<byte[]> DownloadAsync(CliHost host, Uri address, CancellationToken cancel)
    {
        try
        {
            return await host.Http.GetByteArrayAsync(address.AbsolutePath == "/" ? new Uri(address, WellKnown) : address, cancel);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ApiException($"cannot read the keys at {address}: {e.Message}");
        }
    }
}
