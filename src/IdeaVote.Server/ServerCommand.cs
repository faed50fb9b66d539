using System.CommandLine;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Logs;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Settings;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server;

/// <summary>The server's command line.</summary>
public static class ServerCommand
{
    /// <summary>The exit code of a server that could not start or had to stop; the reason is on standard error.</summary>
    public const int Failed = 1;

    private const string Data = "--data";
    private const string Urls = "--urls";
    private const string Journal = "--journal";
    private const string Demo = "--demo";

    /// <summary>
    /// How to run the command. One that is asked to end gets the time to answer what waits and to save its snapshots; the
    /// two seconds that are usual would end it in the middle of that.
    /// </summary>
    public static InvocationConfiguration Invocation { get; } = new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        var data = new Option<string>(Data)
        {
            Description = "The folder that holds everything; made if there is none.",
            DefaultValueFactory = _ => "ideavote-data",
            HelpName = "DIR",
        };
        var urls = new Option<string>(Urls)
        {
            Description = "Where to listen.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://localhost:5080",
            HelpName = "URL",
        };
        // Its value from the environment is no default value: help would show that, with the password in it.
        var journal = new Option<string?>(Journal)
        {
            Description = "The PostgreSQL database for journal, texts and accounts, such as \"Host=localhost;Database=ideavote\"; in DIR if not given here or in IDEAVOTE_JOURNAL.",
            HelpName = "CONNECTION",
        };
        var demo = new Option<bool>(Demo) { Description = "Open a demo campaign, if the data folder is empty." };
        var command = new RootCommand("Serves IdeaVote: campaigns, ideas, votes and leaderboards over HTTP.") { data, journal, urls, demo, HealthcheckCommand.Create() };
        command.SetAction((parsed, cancellation) => RunAsync(settings => Read(parsed, settings), cancellation));
        SettingHelp.Install(command);
        return command;
    }

    /// <summary>What a command line and the variables say; what is wrong with them is noted.</summary>
    /// <param name="parsed">The command line, without errors.</param>
    /// <param name="settings">The variables.</param>
    internal static ServerOptions Read(ParseResult parsed, SettingReader settings)
    {
        var options = new ServerOptions
        {
            DataFolder = parsed.GetRequiredValue<string>(Data),
            Journal = parsed.GetValue<string?>(Journal) ?? settings.Text(SettingTable.Journal),
            Urls = parsed.GetRequiredValue<string>(Urls),
            Demo = parsed.GetValue<bool>(Demo),
            AdminToken = settings.AdminToken(),
            Metrics = settings.Of(MetricsAccessVariable.Read),
            LogsJson = settings.Of(() => JsonConsole.IsWanted),
            Mail = MailOptions.Read(settings.Text, settings.Mistake),
            Rates = settings.Rates(),
            Proxies = settings.Proxies(),
            Logs = settings.Logs(LogLevelText.Usual),
            Drain = settings.Drain(),
        };
        settings.Check(() => ListenUrls.Check(options.Urls));
        return options;
    }

    private static async Task<int> RunAsync(Func<SettingReader, ServerOptions> read, CancellationToken cancellation)
    {
        // All that is wrong is said at once, and before the data folder is touched.
        var settings = new SettingReader(Environment.GetEnvironmentVariables());
        var options = read(settings);
        if (!await settings.TellAsync(Console.Error))
            return Failed;
        try
        {
            await using var server = await IdeaVoteServer.CreateAsync(options);
            await server.RunAsync(cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to end before it served.
            return 0;
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            await Console.Error.WriteLineAsync($"IdeaVote stops: {e.Message}");
            return Failed;
        }
    }
}
