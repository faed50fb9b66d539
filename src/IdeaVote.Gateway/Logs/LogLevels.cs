using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Gateway.Logs;

/// <summary>The levels in force. They change while the process runs, and are forgotten when it ends.</summary>
/// <param name="first">Those at the start.</param>
public sealed class LogLevels(LogLevelText first) : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    // The framework writes addresses with their query strings, headers, cookies and keys there, and so the codes of links and voters' names.
    private static readonly string[] Guarded =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.StaticFiles",
        "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Antiforgery", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Server.Kestrel.Http2",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests", "Microsoft.AspNetCore.HttpOverrides", "System.Net.Http", "Npgsql",
    ];

    private CancellationTokenSource changed = new();

    /// <summary>The levels in force.</summary>
    public LogLevelText Current { get; private set; } = first;

    /// <inheritdoc/>
    public string Name => Options.DefaultName;

    /// <summary>Lets other levels be in force from now on.</summary>
    public void Set(LogLevelText levels)
    {
        Current = levels;
        // A source that has told of its change is not used again; nobody waits on it any more.
        using var old = Interlocked.Exchange(ref changed, new CancellationTokenSource());
        old.Cancel();
    }

    /// <summary>Whether a category holds secrets below warnings, so that it is never written there.</summary>
    public static bool IsGuarded(string category) => Guarded.Any(guarded => category.StartsWith(guarded, StringComparison.Ordinal));

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref changed).Token);

    /// <inheritdoc/>
    public void Dispose() => changed.Dispose();

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        options.MinLevel = Current.Default;
        options.Rules.Add(new LoggerFilterRule(null, null, Current.Default, null));
        foreach (var (category, level) in Current.Categories)
            options.Rules.Add(new LoggerFilterRule(null, category, level, null));
        // Why a start failed is said in one line by the command, not in many by the host.
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical, null));
        // A form's cookie that anybody made up is replaced, and that is no error of the server.
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Antiforgery", LogLevel.Critical, null));
        // The keys lie where the server's other secrets do, which is not worth a warning.
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.DataProtection", LogLevel.Error, null));
        // The rules that the framework reads from elsewhere, such as Logging__LogLevel__Default, are held to this as well.
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            options.Rules[i] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                (level >= LogLevel.Warning || category is null || !IsGuarded(category)) && rule.Filter?.Invoke(provider, category, level) != false);
        }
    }
}
