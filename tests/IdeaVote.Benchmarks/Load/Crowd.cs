namespace IdeaVote.Benchmarks.Load;

/// <summary>Open pages that listen for changed counts.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Wire> wires = [];

    /// <summary>Opens some more.</summary>
    public async Task JoinAsync(Uri address, int listeners)
    {
        var request = LoadWorld.Read("c/bench/live?since=0");
        for (var i = 0; i < listeners; i++)
        {
            var wire = await Wire.ConnectAsync(address);
            wires.Add(wire);
            if (await wire.ListenAsync(request) is var status and not 200)
                throw new InvalidOperationException($"Listener {wires.Count} was answered {status}.");
        }
    }

    public void Dispose() => wires.ForEach(static wire => wire.Dispose());
}
