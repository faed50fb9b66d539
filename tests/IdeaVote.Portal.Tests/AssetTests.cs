using System.Security.Cryptography;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

public sealed class AssetTests(PortalHost host) : IClassFixture<PortalHost>
{
    /// <summary>What a browser may load of style and script, compressed, in bytes.</summary>
    private const int Budget = 60_000;

    [Fact]
    public void Style_and_script_are_small() => new Assets().CompressedBytes.ShouldBeInRange(1, Budget);

    [Fact]
    public async Task What_a_page_asks_for_is_there_and_kept_for_ever_under_the_hash_of_its_content()
    {
        using var browser = host.Browser();
        var page = await browser.GetAsync("/");
        var addresses = page.Markup.Of("link", "script").Select(element => element["href"] ?? element["src"]!).ToList();
        addresses.Count.ShouldBeGreaterThanOrEqualTo(3);

        foreach (var address in addresses)
        {
            var asset = await host.Anyone.GetAsync(address);
            asset.Status.ShouldBe(200, address);
            asset.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
            asset.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            asset.ContentType.ShouldNotBeNull().ShouldMatch("^(text/(css|javascript); charset=utf-8|image/svg\\+xml|application/manifest\\+json)$");
            address.Split('.')[^2].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(asset.Bytes))[..10]);
            var compressed = await host.Anyone.With("Accept-Encoding", "br").GetAsync(address);
            compressed.Headers["Content-Encoding"].ShouldBe("br");
            compressed.Headers["Vary"].ShouldBe("Accept-Encoding");
            compressed.Bytes.Length.ShouldBeLessThan(asset.Bytes.Length);
            var head = await host.Anyone.SendAsync("HEAD", address);
            (head.Status, head.Bytes.Length, head.Headers["Content-Length"]).ShouldBe((200, 0, $"{asset.Bytes.Length}"));
        }
    }

    [Theory]
    [InlineData("site.css")]
    [InlineData("site.0000000000.css")]
    [InlineData("..%2f..%2fappsettings.json")]
    public async Task Any_other_address_has_nothing(string address) => (await host.Anyone.GetAsync("/assets/" + address)).Status.ShouldBe(404);
}
