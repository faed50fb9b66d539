using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Server.Tests.Secrets;

/// <summary>Whatever happens and however much is logged, no secret and nobody's name is written where logs go.</summary>
public partial class SecretsTests
{
    private const string AdminToken = "the-administrators-token-7d1f0c55e2b94a";
    private const string Password = "correct horse battery staple";
    private const string NewPassword = "another horse entirely";
    private const string WrongPassword = "a password that was mistyped";
    private const string WrongToken = "iv_a-token-that-nobody-ever-issued-000000000000";
    private const string Email = "someone.private@example.org";
    private const string AdminEmail = "admin.private@example.org";
    private const string Voter = "employee-4711";
    private const string Text = "What somebody wrote and may want to erase.";

    [ThoroughFact]
    public async Task No_secret_is_logged_at_the_most_verbose_level()
    {
        using var folder = new TempFolder();
        var secrets = new HashSet<string>(StringComparer.Ordinal) { AdminToken, Password, NewPassword, WrongPassword, WrongToken, Email, AdminEmail, Voter, Text };
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data)
        {
            AdminToken = AdminToken,
            // Also in the framework's own way of saying it.
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["IDEAVOTE_LOG"] = "trace",
                ["Logging__LogLevel__Default"] = "Trace",
                ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            },
        });
        var ideas = await server.Client.PrepareAsync(ideas: 1);

        // Accounts: opened, signed in with the right and the wrong password, and a link to a new one.
        var setup = SetupKey().Match(server.Output.All).Groups["value"].Value;
        setup.ShouldNotBeEmpty();
        using var admin = new Visitor(server.Address);
        (await admin.SendAsync($"/setup?key={setup}", "/setup", ("name", "Admin"), ("email", AdminEmail), ("password", Password), ("key", setup))).Status.ShouldBe(HttpStatusCode.SeeOther);
        using var visitor = new Visitor(server.Address);
        (await visitor.SendAsync("/sign-up", "/sign-up", ("name", "Someone"), ("email", Email), ("password", Password), ("to", "/"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        secrets.UnionWith(visitor.Cookies);
        (await visitor.SendAsync("/sign-in", "/sign-in", ("email", Email), ("password", WrongPassword), ("to", "/"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var account = AccountPath().Matches(await admin.GetAsync("/admin/accounts")).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        account.Count.ShouldBe(2);
        // In the order of addresses.
        var (_, page) = await admin.SendAsync(account[^1], $"{account[^1]}/link");
        var code = Code().Match(WebUtility.HtmlDecode(page)).Groups["value"].Value;
        code.ShouldNotBeEmpty();
        secrets.Add(code);
        secrets.Add(Uri.UnescapeDataString(code));
        for (var use = 0; use < 2; use++)
            (await visitor.SendAsync($"/reset?code={code}", "/reset", ("code", Uri.UnescapeDataString(code)), ("password", NewPassword))).Status.ShouldBe(HttpStatusCode.SeeOther);
        secrets.UnionWith([.. visitor.Cookies, .. admin.Cookies, .. visitor.FormTokens, .. admin.FormTokens]);

        // Tokens: issued, used, wrong, and where they do not belong.
        using var issued = await server.Client.PostAsync("api/v1/tokens", $$"""{"name":"n","scopes":["vote:any"],"voter":"{{Voter}}","address":"{{Email}}"}""");
        var token = issued.RootElement.GetProperty("token").GetString()!;
        secrets.Add(token);
        await AskAsync(server, token, HttpMethod.Put, $"api/v1/campaigns/{Calls.Campaign}/ideas/{ideas[0]}/approval", "{}", 200);
        await AskAsync(server, WrongToken, HttpMethod.Get, "api/v1/tokens", null, 401);
        await AskAsync(server, token, HttpMethod.Get, $"api/v1/campaigns?token={token}", null, null);
        await AskAsync(server, token, HttpMethod.Get, $"nowhere/{token}?key={token}", null, 404);

        // Failures: bodies that are wrong, cut off, too large, and refused; texts; a person erased.
        await AskAsync(server, AdminToken, HttpMethod.Post, "api/v1/tokens", $$"""{"name":"{{Email}}","password":"{{Password}}" """, 400);
        await AskAsync(server, AdminToken, HttpMethod.Post, "api/v1/tokens", $$"""{"{{Voter}}":1}""", 400);
        await AskAsync(server, AdminToken, HttpMethod.Post, $"api/v1/campaigns/{Calls.Campaign}/ideas", $$"""{"title":"{{Text}}","body":"{{new string('x', 300_000)}}"}""", 413);
        await AskAsync(server, AdminToken, HttpMethod.Post, $"api/v1/campaigns/{Calls.Campaign}/ideas", $$"""{"title":"{{Text}}","body":"{{Text}}"}""", 201);
        await AskAsync(server, token, HttpMethod.Get, $"api/v1/campaigns/{Calls.Campaign}/ballot", null, 200);
        await AskAsync(server, AdminToken, HttpMethod.Delete, $"api/v1/persons/{Voter}", null, null);
        using (var backup = await server.Client.GetAsync(new Uri("api/v1/backup", UriKind.Relative)))
            backup.EnsureSuccessStatusCode();

        var exit = await server.TerminateAsync();
        exit.Code.ShouldBe(0, exit.Errors);
        foreach (var (table, column) in (ReadOnlySpan<(string, string)>)[("secret", "value"), ("signing_key", "value")])
            secrets.UnionWith(Written(folder.DataFile("access.db"), $"SELECT {column} FROM {table}"));
        exit.Output.ShouldContain("dbug: ");
        secrets.ShouldAllBe(secret => secret.Length >= 8);
        foreach (var line in exit.Output.Split('\n'))
        {
            var decoded = WebUtility.UrlDecode(line);
            foreach (var secret in secrets)
                (line.Contains(secret, StringComparison.OrdinalIgnoreCase) || decoded.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeFalse($"{secret} in: {line}");
        }
    }

    private static async Task AskAsync(ServerProcess server, string token, HttpMethod method, string path, string? body, int? status)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var client = ServerProcess.Connect(server.Address, token: null);
        using var answer = await client.SendAsync(request);
        if (status is not null)
            ((int)answer.StatusCode).ShouldBe(status.Value, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Blobs in the ways in which a log might have them.</summary>
    private static List<string> Written(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var written = new List<string>();
        while (reader.Read())
        {
            var bytes = reader.GetFieldValue<byte[]>(0);
            written.AddRange([Convert.ToHexString(bytes), Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('=')]);
        }
        return written;
    }

    [GeneratedRegex("/setup\\?key=(?<value>[0-9a-f]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SetupKey();

    [GeneratedRegex("/admin/accounts/[0-9a-z]{20}(?=\")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AccountPath();

    [GeneratedRegex("/reset\\?code=(?<value>[^\"&]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();
}
