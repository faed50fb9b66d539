using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IdeaVote.Gateway;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Logs;

namespace IdeaVote.Server.Settings;

/// <summary>Reads what the environment tells a server, and says all that is wrong with it rather than the first thing only. Values are never repeated: they may be secrets.</summary>
/// <param name="environment">The variables.</param>
internal sealed partial class SettingReader(IDictionary environment)
{
    private readonly List<string> mistakes = [];

    /// <summary>A variable's value; null if it is not set or blank.</summary>
    public string? Text(string name) => environment[name] is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>Writes all that is wrong, and what nobody reads, a line each.</summary>
    /// <returns>Whether nothing is wrong, so that the process may start.</returns>
    public async Task<bool> TellAsync(TextWriter error)
    {
        foreach (var line in Strangers())
            await error.WriteLineAsync($"IdeaVote warns: {line}");
        foreach (var line in mistakes)
            await error.WriteLineAsync($"IdeaVote stops: {line}");
        return mistakes.Count == 0;
    }

    /// <summary>Notes something wrong.</summary>
    public void Mistake(string line) => mistakes.Add(line);

    /// <summary>Runs a check that throws what is wrong.</summary>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (FormatException e)
        {
            mistakes.Add(e.Message);
        }
    }

    /// <summary>Reads what throws if it is wrong; the default then.</summary>
    public T? Of<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            mistakes.Add(e.Message);
            return default;
        }
    }

    /// <summary>The administrator's token.</summary>
    public string? AdminToken()
    {
        // As it is: nobody's token is made of blanks.
        var token = environment[SettingTable.AdminToken] as string;
        if (token is { Length: < GatewayOptions.MinAdminTokenChars })
            mistakes.Add($"{SettingTable.AdminToken} has fewer than {GatewayOptions.MinAdminTokenChars} characters. Give a longer one, or none to have one made.");
        return token;
    }

    /// <summary>The networks of trusted proxies.</summary>
    public IReadOnlyList<IPNetwork> Proxies()
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (Text(SettingTable.Proxies) ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                mistakes.Add($"{SettingTable.Proxies} has '{text}', which is no network; give networks like 10.0.0.0/8,fd00::/8.");
        }
        return networks;
    }

    /// <summary>The rates of requests.</summary>
    public RateOptions Rates()
    {
        var usual = new RateOptions();
        return new RateOptions
        {
            Address = Rate(SettingTable.RateAddress, usual.Address),
            Voter = Rate(SettingTable.RateVoter, usual.Voter),
            Trusted = Rate(SettingTable.RateTrusted, usual.Trusted),
            WrongTokens = Rate(SettingTable.RateWrongTokens, usual.WrongTokens),
        };
    }

    /// <summary>What is logged.</summary>
    /// <param name="usual">What is so without the variable.</param>
    public LogLevelText Logs(LogLevelText usual)
    {
        if (Text(SettingTable.Log) is not { } text)
            return usual;
        var levels = LogLevelText.Read(text);
        if (levels is null)
            mistakes.Add($"{SettingTable.Log} has no levels; give one, and others for categories, like information,Microsoft=warning. Levels are trace, debug, information, warning, error, critical and none.");
        return levels ?? usual;
    }

    /// <summary>How long a server that is told to end goes on answering.</summary>
    public TimeSpan Drain()
    {
        const int MaxSeconds = 300;
        if (Text(SettingTable.Drain) is not { } text)
            return TimeSpan.Zero;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxSeconds)
            mistakes.Add($"{SettingTable.Drain} is a whole number of seconds, 0 to {MaxSeconds}.");
        return TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds));
    }

    /// <summary>The names that begin like IdeaVote's own and that nobody reads, a line each with the nearest that somebody does.</summary>
    private IEnumerable<string> Strangers()
    {
        string[] known = [.. SettingTable.All.Select(setting => setting.Name), .. SettingTable.Others];
        return environment.Keys.OfType<string>()
            .Where(name => name.StartsWith(SettingTable.Prefix, StringComparison.Ordinal) && !known.Contains(name, StringComparer.Ordinal) && !OfKubernetes().IsMatch(name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} is no setting of IdeaVote and is not obeyed; did you mean {known.MinBy(each => Distance(name, each))}?");
    }

    private Rate? Rate(string name, Rate? usual)
    {
        if (Text(name) is not { } text)
            return usual;
        if (!Gateway.Limits.Rate.TryParse(text, out var rate))
            mistakes.Add($"{name} is no rate; give how often in a second and how often at once, like 200/2000, or off.");
        return rate;
    }

    // A service of the name ideavote makes Kubernetes set these in every container beside it.
    [GeneratedRegex("^IDEAVOTE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP)(_.*)?)?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfKubernetes();

    // Levenshtein's, row by row.
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
