namespace IdeaVote.Benchmarks.Load;

/// <summary>
/// The server as people run it, in a process of its own, under load over HTTP: how much it can do, how long people wait at which rate, what votes and listeners take.
/// <c>IDEAVOTE_LOAD_VOTES</c> (1,000,000), <c>IDEAVOTE_LOAD_SECONDS</c> a step (15), <c>IDEAVOTE_LOAD_REPORT</c> (a path for the report as a page).
/// </summary>
internal static class LoadFigures
{
    private const int Ideas = 1_000;
    private const int Voters = 1_000;

    public static async Task RunAsync(Report report)
    {
        var page = new LoadPage();
        await using (var world = await LoadWorld.StartAsync(Ideas))
        {
            await world.VoteAsync(20_000, 5);
            var tokens = await world.TokensAsync(Voters);
            var capacity = await CapacityFigures.RunAsync(report, world, tokens);
            await ArrivalFigures.RunAsync(report, page, world, tokens, capacity);
        }
        await SizeFigures.RunAsync(report, Ideas);
        if (Environment.GetEnvironmentVariable("IDEAVOTE_LOAD_REPORT") is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, page.ToHtml(report.Text));
            report.Note($"The report is in {path}.");
        }
    }
}
