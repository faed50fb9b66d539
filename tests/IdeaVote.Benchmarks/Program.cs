using IdeaVote.Benchmarks;

var folder = Directory.CreateTempSubdirectory("ideavote-bench-");
await using (var world = await EngineWorld.OpenAsync(folder.FullName))
{
    await world.PrepareAsync(10_000);
    for (var i = 0; i < 2; i++)
    {
        var spread = await world.RateAsync(2_000, i * 1_000_000, 50_000, 10, (v, r) => (v * 7 + r * 1009) % 10_000);
        Console.WriteLine($"spread {500_000 / spread:N0}/s");
        var one = await world.RateAsync(2_000, 10_000_000 + i * 1_000_000, 50_000, 10, (_, _) => 1);
        Console.WriteLine($"one idea {500_000 / one:N0}/s");
        var crowd = await world.RateAsync(2_000, 20_000_000 + i * 1_000_000, 500_000, 1, (_, _) => 2);
        Console.WriteLine($"new voters {500_000 / crowd:N0}/s");
    }
    Console.WriteLine($"working set {Environment.WorkingSet / 1e6:N0} MB, gc {GC.GetTotalMemory(true) / 1e6:N0} MB");
}
var w = System.Diagnostics.Stopwatch.StartNew();
await using (var again = await EngineWorld.OpenAsync(folder.FullName))
    Console.WriteLine($"restart {w.Elapsed.TotalMilliseconds:N0} ms head {again.Engine.Head}");
foreach (var f in folder.GetFiles()) Console.WriteLine($"{f.Name} {f.Length/1e6:N1} MB");
folder.Delete(true);
return 0;
