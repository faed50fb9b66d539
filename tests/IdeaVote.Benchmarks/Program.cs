using IdeaVote.Benchmarks;

var folder = Directory.CreateTempSubdirectory("ideavote-bench-");
await using (var world = await EngineWorld.OpenAsync(folder.FullName))
{
    await world.PrepareAsync(10_000);
    var ideas = Enumerable.Range(0, 10_000).Select(EngineWorld.Idea).ToArray();
    for (var i = 0; i < 3; i++)
    {
        var voters = EngineWorld.Voters(i * 1_000_000, 50_000);
        var cpu = Environment.CpuUsage.TotalTime; var gcs = GC.CollectionCount(0);var al=GC.GetTotalAllocatedBytes();
        var spread = await world.RateAsync(2_000, voters, ideas, 10, (v, r) => (v * 7 + r * 1009) % 10_000);
        Console.WriteLine($"spread {500_000 / spread:N0}/s cpu/vote {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / 500_000:N1} us, gc {GC.CollectionCount(0) - gcs} alloc {(GC.GetTotalAllocatedBytes()-al)/500_000}");
        cpu = Environment.CpuUsage.TotalTime;
        var one = await world.RateAsync(2_000, EngineWorld.Voters(i * 1_000_000 + 500_000, 50_000), ideas, 10, (_, _) => 1);
        Console.WriteLine($"one idea {500_000 / one:N0}/s cpu/vote {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / 500_000:N1} us");
    }
}
folder.Delete(true);
return 0;
