using System.Diagnostics;
using System.Net.Sockets;
using IdeaVote.Silo.Tests.Support;

namespace IdeaVote.Silo.Tests.Cluster;

/// <summary>A Redis of these tests' own, in memory, gone afterwards.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process process;

    private RedisServer(Process process, int port) => (this.process, Port) = (process, port);

    /// <summary>Why there can be none; null if there can.</summary>
    public static string? WhyNot { get; } = Find() is null ? "redis-server is not installed." : null;

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync()
    {
        var (port, _) = Ports.Take();
        var process = Process.Start(new ProcessStartInfo(Find()!, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        process.BeginOutputReadLine();
        var server = new RedisServer(process, port);
        while (!await server.AnswersAsync())
            process.HasExited.ShouldBeFalse();
        return server;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
}
