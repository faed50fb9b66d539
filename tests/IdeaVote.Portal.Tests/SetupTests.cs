using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>The link that makes the first administrator of an empty server.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private readonly PortalHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_makes_an_administrator_once()
    {
        using var browser = host.Browser();
        var path = (await host.SetupPathAsync()).ShouldNotBeNull();
        var email = PortalHost.NewEmail();

        await browser.GetAsync(path);
        var page = await browser.SubmitAsync("/setup", ("email", email), ("name", "Root"), ("password", PortalHost.Password));

        page.Notice.ShouldBe("Welcome, Root. You are this server's administrator.");
        (await host.Accounts.FindByEmailAsync(email))!.Role.ShouldBe(Role.Admin);
        (await host.SetupPathAsync()).ShouldBeNull();
        (await browser.GetAsync(path)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Of_many_who_open_it_at_once_one_becomes_administrator()
    {
        var path = (await host.SetupPathAsync())!;
        Browser[] browsers = [.. Enumerable.Range(0, 8).Select(_ => host.Browser())];
        foreach (var browser in browsers)
            await browser.GetAsync(path);

        var answers = await Task.WhenAll(browsers.Select(browser =>
            browser.SendAsync("/setup", ("email", PortalHost.NewEmail()), ("name", "Root"), ("password", PortalHost.Password))));

        answers.Count(answer => answer.Status == 303).ShouldBe(1);
        answers.Where(answer => answer.Status != 303).ShouldAllBe(answer => answer.Status == 409 || answer.Status == 422);
        (await host.Accounts.ListAsync(null, null, IAccountStore.MaxListed)).Count(account => account.Role == Role.Admin).ShouldBe(1);
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?key=")]
    [InlineData("/setup?key=00000000000000000000000000000000")]
    [InlineData("/setup?key=a&key=b")]
    public async Task Without_its_key_there_is_nothing(string path)
    {
        using var browser = host.Browser();

        (await browser.GetAsync(path)).Status.ShouldBe(404);
        await browser.GetAsync((await host.SetupPathAsync())!);
        (await browser.SubmitAsync("/setup", ("email", PortalHost.NewEmail()), ("name", "Root"), ("password", PortalHost.Password), ("key", "x"))).Status.ShouldBe(404);
        (await host.Accounts.HasAdminAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_the_same_after_a_restart()
    {
        var path = await host.SetupPathAsync();

        await host.RestartAsync();

        (await host.SetupPathAsync()).ShouldBe(path);
    }
}
