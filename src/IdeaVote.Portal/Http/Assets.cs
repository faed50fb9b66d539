using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using IdeaVote.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Portal.Http;

/// <summary>
/// The style sheet, the modules and the pictures, built into the program. Each address holds the hash of the content, so that a browser
/// asks once and never again; compressed once, at the start.
/// </summary>
public sealed class Assets
{
    private const string Prefix = "IdeaVote.Portal.Assets.";
    private const string StylePrefix = "IdeaVote.Portal.Styles.";
    private const string StyleSheet = "site.css";
    private const int HashChars = 10;

    private readonly FrozenDictionary<string, Asset> byName;
    private readonly FrozenDictionary<string, Asset> byAddress;

    /// <summary>Reads all of them.</summary>
    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        var names = assembly.GetManifestResourceNames();
        var styles = names.Where(static name => name.StartsWith(StylePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Asset[] assets =
        [
            .. names.Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => Asset.Of(name[Prefix.Length..], Read(assembly, name))),
            Asset.Of(StyleSheet, [.. styles.SelectMany(name => Read(assembly, name))]),
        ];
        byName = assets.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
        byAddress = assets.ToFrozenDictionary(asset => asset.Address, StringComparer.Ordinal);
    }

    /// <summary>The path of an asset.</summary>
    /// <param name="name">Its file's name.</param>
    public string PathOf(string name) => "/assets/" + byName[name].Address;

    /// <summary>How many bytes of style and script a browser loads, compressed.</summary>
    public int CompressedBytes => byName.Values.Where(asset => asset.IsCompressed).Sum(asset => asset.Brotli.Length);

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/assets/{address}", [HttpMethods.Get, HttpMethods.Head], async context =>
    {
        if (context.GetRouteValue("address") is not string address || !byAddress.TryGetValue(address, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentType = asset.ContentType;
        var content = asset.Content;
        if (asset.IsCompressed)
        {
            headers.Vary = "Accept-Encoding";
            if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
            {
                headers.ContentEncoding = "br";
                content = asset.Brotli;
            }
        }
        headers.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }).AllowsAnyone();

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed record Asset(string Name, string Address, string ContentType, byte[] Content, byte[] Brotli, bool IsCompressed)
    {
        public static Asset Of(string name, byte[] content)
        {
            var dot = name.LastIndexOf('.');
            var address = $"{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(content))[..HashChars]}{name[dot..]}";
            var (type, compressed) = name[(dot + 1)..] switch
            {
                "css" => ("text/css; charset=utf-8", true),
                "js" => ("text/javascript; charset=utf-8", true),
                "svg" => ("image/svg+xml", true),
                "webmanifest" => ("application/manifest+json", true),
                "png" => ("image/png", false),
                var other => throw new InvalidOperationException($"An asset with the ending {other} has no content type yet."),
            };
            return new Asset(name, address, type, content, compressed ? Compress(content) : content, compressed);
        }

        private static byte[] Compress(byte[] content)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
                brotli.Write(content);
            return target.ToArray();
        }
    }
}
