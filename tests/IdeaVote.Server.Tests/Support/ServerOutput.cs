using System.Diagnostics;
using System.Text;

namespace IdeaVote.Server.Tests.Support;

/// <summary>What a process has written, and a way to wait for a line of it.</summary>
internal sealed class ServerOutput
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly StringBuilder errors = new();
    private readonly List<(string Part, TaskCompletionSource<string> Found)> awaited = [];

    public ServerOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Add(line.Data, isError: true);
    }

    /// <summary>Everything it has written to either stream.</summary>
    public string All
    {
        get
        {
            lock (gate)
                return text.ToString();
        }
    }

    /// <summary>What it has written to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (gate)
                return errors.ToString();
        }
    }

    /// <summary>The first line, written or yet to come, that holds this text.</summary>
    public Task<string> LineAsync(string part)
    {
        lock (gate)
        {
            foreach (var line in text.ToString().Split('\n'))
                if (line.Contains(part, StringComparison.Ordinal))
                    return Task.FromResult(line);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((part, found));
            return found.Task;
        }
    }

    private void Add(string? line, bool isError)
    {
        if (line is null)
            return;
        lock (gate)
        {
            text.Append(line).Append('\n');
            if (isError)
                errors.Append(line).Append('\n');
            foreach (var (_, found) in awaited.Where(a => line.Contains(a.Part, StringComparison.Ordinal)))
                found.TrySetResult(line);
        }
    }
}
