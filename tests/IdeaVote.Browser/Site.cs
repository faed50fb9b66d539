using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>A real server with the demo campaign, and a real browser that looks at it; both are shared by all tests that can share them.</summary>
public sealed class Site : IAsyncLifetime
{
    private const string AdminToken = "the-administrator-of-the-tests-0123456789";
    private const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("ideavote-browser-").FullName;
    private IdeaVoteServer? server;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int people;

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;
        server = await IdeaVoteServer.CreateAsync(
            new ServerOptions { DataFolder = folder, Urls = "http://127.0.0.1:0", AdminToken = AdminToken },
            static builder =>
            {
                builder.Logging.ClearProviders();
                // All of them come from one address.
                builder.Services.AddSingleton(new Throttle(permits: 10_000));
            });
        await server.App.StartAsync();
        Address = server.Address();
        await server.OpenDemoAsync(CancellationToken.None);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null)
        {
            await server.App.StopAsync();
            await server.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody with a browser of their own. What the page logs as an error fails the test that ends it.</summary>
    /// <param name="scripts">Whether scripts run.</param>
    /// <param name="isPhone">Whether the window is a phone's.</param>
    /// <param name="isDark">Whether the system is dark.</param>
    /// <param name="isStill">Whether the system asks for little motion.</param>
    public async Task<Visitor> VisitorAsync(bool scripts = true, bool isPhone = false, bool isDark = false, bool isStill = false)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            JavaScriptEnabled = scripts,
            ViewportSize = isPhone ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1200, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = isStill ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            Locale = "en",
        });
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Somebody who has just signed up.</summary>
    public async Task<Visitor> CustomerAsync(string name, bool scripts = true, bool isPhone = false)
    {
        var visitor = await VisitorAsync(scripts, isPhone);
        await SignUpAsync(visitor, name);
        return visitor;
    }

    /// <summary>Signs somebody up.</summary>
    public async Task SignUpAsync(Visitor visitor, string name)
    {
        var number = Interlocked.Increment(ref people);
        await visitor.OpenAsync("/sign-up");
        await visitor.Page.GetByLabel("Your name").FillAsync(name);
        await visitor.Page.GetByLabel("E-mail address").FillAsync(string.Create(CultureInfo.InvariantCulture, $"person{number}@example.com"));
        await visitor.Page.GetByLabel("Password").FillAsync(Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await visitor.Page.GetByText($"Welcome, {name}").WaitForAsync();
    }

    /// <summary>Somebody with a role, who has signed in.</summary>
    /// <param name="role">What they may do on the whole server.</param>
    /// <param name="team">The campaign whose team they are on; null for none.</param>
    /// <param name="scripts">Whether scripts run.</param>
    /// <param name="isPhone">Whether the window is a phone's.</param>
    public async Task<Visitor> StaffAsync(Role role, string? team = null, bool scripts = true, bool isPhone = false)
    {
        var email = string.Create(CultureInfo.InvariantCulture, $"{role}{Interlocked.Increment(ref people)}@example.com");
        var opened = await Services.GetRequiredService<AccountDesk>().OpenAsync(email, Password, $"The {role}", asFirstAdmin: false, CancellationToken.None);
        await Services.GetRequiredService<AccountBook>().ChangeAsync(opened.Account!.Id, account => account with { Role = role, Teams = team is null ? [] : [team] });
        var visitor = await VisitorAsync(scripts, isPhone);
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.GetByLabel("E-mail address").FillAsync(email);
        await visitor.Page.GetByLabel("Password").FillAsync(Password);
        await visitor.Page.Locator("main form button").ClickAsync();
        await visitor.Page.Locator("a.person").WaitForAsync();
        return visitor;
    }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => server!.App.Services;

    /// <summary>Makes a campaign through the API.</summary>
    public Task CampaignAsync(string json) => CallAsync(HttpMethod.Post, "campaigns", json);

    /// <summary>Calls the API as the administrator.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path behind <c>/api/v1/</c>.</param>
    /// <param name="json">The body.</param>
    /// <param name="voter">Whom the call is for; null for nobody.</param>
    public async Task CallAsync(HttpMethod method, string path, string json, string? voter = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Address, "api/v1/" + path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        if (voter is not null)
            request.Headers.Add("IdeaVote-Voter", voter);
        using var answer = await client.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The path of the link that makes the first administrator.</summary>
    public async Task<string> SetupPathAsync() => (await server!.SetupPathAsync())!;
}

/// <summary>Somebody with a browser.</summary>
/// <param name="context">Their cookies.</param>
/// <param name="page">Their page.</param>
public sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private readonly List<string> errors = Listen(page);

    /// <summary>The page.</summary>
    public IPage Page { get; } = page;

    /// <summary>Opens an address.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="status">The status that is expected.</param>
    public async Task OpenAsync(string path, int status = 200) => (await Page.GotoAsync(path))!.Status.ShouldBe(status, path);

    /// <summary>
    /// Waits until the page has arrived at an address and is there as a whole. The page is asked: the driver's own waiting for an address now and then
    /// misses a load that is quicker than its question.
    /// </summary>
    /// <param name="part">A part of the address.</param>
    public Task ArrivedAtAsync(string part) =>
        Page.WaitForFunctionAsync("part => location.href.includes(part) && document.readyState === 'complete'", part);

    /// <summary>Opens an address again and again until its page says something, for at most 15 seconds.</summary>
    public async Task UntilAsync(string path, string text)
    {
        var patience = TimeProvider.System.GetTimestamp();
        do
        {
            await OpenAsync(path);
            var said = string.Join(' ', (await Page.InnerTextAsync("main")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (said.Contains(text, StringComparison.Ordinal))
                return;
        }
        while (TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(15));
        throw new TimeoutException($"{path} never says \"{text}\".");
    }

    /// <summary>Lets pages do what a browser asks the person about.</summary>
    public Task AllowAsync(params string[] permissions) => context.GrantPermissionsAsync(permissions);

    /// <summary>Clicks a button.</summary>
    public Task PressAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    /// <summary>The number that an element shows.</summary>
    public async Task<long> NumberAsync(string selector) =>
        long.Parse((await Page.Locator(selector).First.InnerTextAsync()).Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>Passes over what the page has logged, where a page that is not there is part of the test.</summary>
    public void Forgive() => errors.RemoveAll(static error => error.Contains("the server responded with a status of 4", StringComparison.Ordinal));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    private static List<string> Listen(IPage page)
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        return errors;
    }
}
