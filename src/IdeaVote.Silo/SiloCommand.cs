using System.CommandLine;
using IdeaVote.Engine.Journal;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Settings;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Silo;

/// <summary>The command line of a process of the cluster.</summary>
public static class SiloCommand
{
    /// <summary>The exit code of a process that could not start or had to stop; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>How to run the command: one that is asked to end gets the time to hand its grains over.</summary>
    public static InvocationConfiguration Invocation { get; } = new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        var role = new Option<SiloRole>("--role") { Description = "silo, gateway, or both.", DefaultValueFactory = _ => SiloRole.Both };
        var storage = new Option<SiloStorage>("--storage")
        {
            Description = "localhost (keeps nothing), postgres (IDEAVOTE_JOURNAL and IDEAVOTE_REDIS) or azure (IDEAVOTE_AZURE).",
            DefaultValueFactory = _ => SiloStorage.Localhost,
        };
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://localhost:5080",
            HelpName = "URL",
        };
        var folder = new Option<string?>("--data") { Description = "A folder for what can be made again, such as the search index.", HelpName = "DIR" };
        var partitions = new Option<int?>("--partitions") { Description = "Partitions of each campaign; decided once for a journal." };
        var cluster = new Option<string>("--cluster") { Description = "The cluster's name.", DefaultValueFactory = _ => "ideavote" };
        var siloPort = new Option<int>("--silo-port") { Description = "Where silos speak to each other.", DefaultValueFactory = _ => 11_111 };
        var gatewayPort = new Option<int>("--gateway-port") { Description = "Where gateways reach this silo.", DefaultValueFactory = _ => 30_000 };
        var address = new Option<string?>("--address") { Description = "The IP address at which others reach this silo.", HelpName = "IP" };
        var command = new RootCommand("Serves IdeaVote as one process of a cluster. Secrets come from the environment: IDEAVOTE_JOURNAL, IDEAVOTE_REDIS, IDEAVOTE_AZURE, IDEAVOTE_ADMIN_TOKEN, IDEAVOTE_SMTP.")
        {
            role, storage, urls, folder, partitions, cluster, siloPort, gatewayPort, address, HealthcheckCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            settings =>
            {
                var options = new SiloOptions
                {
                    Role = parsed.GetValue(role),
                    Storage = parsed.GetValue(storage),
                    Urls = parsed.GetRequiredValue(urls),
                    Folder = parsed.GetValue(folder),
                    Partitions = parsed.GetValue(partitions),
                    Cluster = parsed.GetRequiredValue(cluster),
                    SiloPort = parsed.GetValue(siloPort),
                    GatewayPort = parsed.GetValue(gatewayPort),
                    Address = parsed.GetValue(address),
                    Journal = settings.Text(SettingTable.Journal),
                    Redis = settings.Text("IDEAVOTE_REDIS"),
                    Account = settings.Text("IDEAVOTE_AZURE"),
                    AdminToken = settings.AdminToken(),
                    Metrics = settings.Of(MetricsAccessVariable.Read),
                    LogsJson = settings.Of(() => JsonConsole.IsWanted),
                    Mail = MailOptions.Read(settings.Text, settings.Mistake),
                    Rates = settings.Rates(),
                    Proxies = settings.Proxies(),
                    Logs = settings.Logs(SiloOptions.UsualLogs),
                    Drain = settings.Drain(),
                };
                settings.Check(() => SiloCheck.Check(options));
                return options;
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<SettingReader, SiloOptions> read, CancellationToken cancellation)
    {
        // All that is wrong is said at once, and before anything is touched.
        var settings = new SettingReader(Environment.GetEnvironmentVariables());
        var options = read(settings);
        if (!await settings.TellAsync(Console.Error))
            return Failed;
        try
        {
            await using var silo = await IdeaVoteSilo.CreateAsync(options, null, cancellation);
            await silo.RunAsync(cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to end before it served.
            return 0;
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"IdeaVote stops: {e.Message}");
            return Failed;
        }
    }
}
