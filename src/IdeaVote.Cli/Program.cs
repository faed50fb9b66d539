using System.Text;
using IdeaVote.Cli;
using Spectre.Console;

using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
output.AutoFlush = !Console.IsOutputRedirected;
var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
return await CliApp.RunAsync(args, new CliHost
{
    Http = http,
    Out = output,
    Error = Console.Error,
    Environment = Environment.GetEnvironmentVariable,
    OutWidth = Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, 40),
    Terminal = terminal.Profile is { Out.IsTerminal: true, Capabilities: { Interactive: true, Ansi: true } } ? terminal : null,
});
