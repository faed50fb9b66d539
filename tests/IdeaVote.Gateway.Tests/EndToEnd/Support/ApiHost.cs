using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>What a process that serves the API is to its tests, whatever engine it has: a clock, a folder, and people who call it.</summary>
public abstract class ApiHost
{
    public const string AdminToken = "the-administrator-of-the-tests-0123456789";

    private readonly ConcurrentDictionary<(string Scopes, string? Voter, string? Address), Task<Api>> callers = new();
    private HttpClient http = null!;

    public TestClock Clock { get; } = new();

    /// <summary>What it logs when nobody has said what.</summary>
    public virtual string UsualLogs => "information,Microsoft=warning";

    /// <summary>Whether it makes backups; one whose journal is elsewhere leaves that to those who keep it.</summary>
    public virtual bool MakesBackups => true;

    /// <summary>The folder of its files; it is deleted with the host.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("ideavote-test-").FullName;

    public Uri Address { get; private set; } = null!;

    /// <summary>What was logged as an error so far.</summary>
    public IReadOnlyCollection<string> Errors => Log.Errors;

    /// <summary>Somebody without a token.</summary>
    public Api Anyone => new(http, []);

    /// <summary>The administrator.</summary>
    public Api Admin => Anyone.WithToken(AdminToken);

    protected ErrorLog Log { get; } = new();

    /// <summary>A caller with a token of these scopes, issued when first asked for.</summary>
    /// <param name="scopes">Scopes, with spaces between.</param>
    /// <param name="voter">The voter the token is bound to.</param>
    /// <param name="address">That voter's confirmed address.</param>
    public Task<Api> AsAsync(string scopes, string? voter = null, string? address = null) =>
        callers.GetOrAdd((scopes, voter, address), key => IssueAsync(key.Scopes, key.Voter, key.Address));

    /// <summary>A voter with a token of their own.</summary>
    public Task<Api> VoterAsync(string name, string? address = null) => AsAsync("vote", name, address);

    /// <summary>Calls go here from now on.</summary>
    protected void Connect(Uri address)
    {
        Address = address;
        http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 64,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        })
        {
            BaseAddress = Address,
            DefaultRequestVersion = HttpVersion.Version11,
            Timeout = TimeSpan.FromSeconds(100),
        };
        callers.Clear();
    }

    /// <summary>Calls go nowhere from now on.</summary>
    protected void Disconnect() => http.Dispose();

    /// <summary>Stops for good; nothing may have been logged as an error.</summary>
    protected async Task EndAsync(Func<Task> stop)
    {
        try
        {
            await stop();
            Log.Errors.ShouldBeEmpty();
        }
        finally
        {
            Log.Dispose();
            if (Directory.Exists(Folder))
                Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task<Api> IssueAsync(string scopes, string? voter, string? address)
    {
        var request = JsonSerializer.Serialize(new { name = "test", scopes = scopes.Split(' '), voter, address });
        var issued = await Admin.PostAsync("tokens", request).Expect(201);
        return Anyone.WithToken(issued.Text("token"));
    }
}
