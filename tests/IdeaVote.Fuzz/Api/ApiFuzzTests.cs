using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Api;

/// <summary>
/// Whatever is sent to whatever call of the description is answered in time, with a status and a code that the description names: no
/// failure, no hang, no growth. Afterwards the server still counts what it counted.
/// </summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ApiFuzzTests(FuzzedServer server, ITestOutputHelper output) : IClassFixture<FuzzedServer>
{
    private const int Permille = 650;
    private const int AtOnce = 4;
    private const int RoundInputs = 130;

    // How many campaigns are counted again at the end, unless all are.
    private const int Recounted = 4;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Findings findings = new();
    private readonly Counts statuses = new();
    private readonly Counts codes = new();
    private readonly Counts turnedAway = new();
    private readonly Counts reached = new();
    private readonly Counts taken = new();
    private readonly ConcurrentDictionary<string, TimeSpan> slowest = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> campaigns = [];

    [Fact]
    public async Task Every_call_of_the_description_answers_whatever_it_is_sent_as_the_description_says()
    {
        var description = ApiDescription.Read(await server.SendAsync(HttpMethod.Get, "/openapi/v1.json"));
        var (maker, judge) = (new RequestMaker(description), new Judge(description));
        var (inputs, growth) = (Run.Share(Permille), new Growth());
        var reads = inputs / 4;
        // What is taken is kept, so the first half of what may write warms the process up, and the other is measured; what only reads comes last.
        foreach (var (first, count) in new[] { (0, (inputs - reads + 1) / 2), ((inputs - reads + 1) / 2, (inputs - reads) / 2) })
        {
            await RunAsync(maker, judge, Run.FirstSeed + first, count, readsOnly: false);
            growth.NoteWrites(taken.Sum);
        }
        // The first of them fill the caches of answers.
        foreach (var (first, count) in new[] { (inputs, reads / 2), (inputs + 3 * reads, reads - reads / 2) })
        {
            await RunAsync(maker, judge, Run.FirstSeed + first, count, readsOnly: true);
            growth.NoteReads();
        }

        output.WriteLine($"API: {statuses.Sum} requests; {statuses}");
        output.WriteLine($"codes: {codes}");
        output.WriteLine($"turned away for a moment: {turnedAway}");
        output.WriteLine($"calls described {description.Operations.Count}, reached {reached.Names.Count}, taken (2xx) {taken.Names.Count} with {taken.Sum} requests; {growth}");
        output.WriteLine($"slowest: {string.Join(", ", slowest.OrderByDescending(static each => each.Value).Take(5).Select(static each => $"{each.Key} {each.Value.TotalMilliseconds:0} ms"))}");
        findings.ShouldBeNone();
        server.Errors.ShouldBeEmpty();
        if (!Run.IsWhole)
            return;
        string[] described = [.. description.Operations.Select(static operation => operation.ToString())];
        described.Except(reached.Names).ShouldBeEmpty();
        described.Except(taken.Names).Count().ShouldBeLessThanOrEqualTo(Run.IsLong ? 0 : described.Length / 10);
        taken.Sum.ShouldBeGreaterThan(statuses.Sum / 3);
        growth.ShouldBeBounded();
        await Recount.CheckAsync(server, [.. campaigns.Take(Run.IsLong ? campaigns.Count : Recounted)]);
        server.Errors.ShouldBeEmpty();
    }

    private async Task RunAsync(RequestMaker maker, Judge judge, int firstSeed, int inputs, bool readsOnly)
    {
        // What reads leaves a campaign as it is, so that a few will do. Every second seed makes one, or fewer: the others are passed over.
        var roundInputs = readsOnly ? Math.Max(1, (inputs + AtOnce - 1) / AtOnce) : RoundInputs;
        var seeds = readsOnly ? roundInputs * 5 : roundInputs;
        await Parallel.ForAsync(0, (inputs + roundInputs - 1) / roundInputs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (round, _) =>
            await RunRoundAsync(maker, judge, firstSeed + round * seeds, Math.Min(roundInputs, inputs - round * roundInputs), readsOnly));
    }

    private async Task RunRoundAsync(RequestMaker maker, Judge judge, int firstSeed, int inputs, bool readsOnly)
    {
        using var wire = new Wire(server.Address);
        var world = await World.MakeAsync(server, firstSeed);
        campaigns.Add(world.Key);
        for (var (seed, sent) = (firstSeed, 0); sent < inputs && !findings.IsFull; seed++)
        {
            server.Clock.Pass(Tick);
            var request = maker.Make(world, seed);
            if (readsOnly && !request.IsRead)
                continue;
            sent++;
            var watch = Stopwatch.StartNew();
            try
            {
                var answer = await wire.SendAsync(request.Bytes, request.Method == "HEAD", request.IsFollowing);
                if (judge.Of(request, answer, out var operation, out var code) is { } wrong)
                    findings.Add(seed, $"(the round began with {firstSeed})\n{request}", answer.Status == 500 ? $"{wrong}\n{server.Errors.LastOrDefault()}" : wrong);
                Count(request, answer, operation, code, watch.Elapsed);
                world.Learn(answer);
            }
            catch (Exception e) when (e is TimeoutException or IOException or FormatException)
            {
                findings.Add(seed, $"(the round began with {firstSeed})\n{request}", e.Message);
            }
            // What is logged is what the others are judged by.
            if (request.Operation.Path.EndsWith("/log-levels", StringComparison.Ordinal))
                await server.SendAsync(HttpMethod.Put, request.Operation.Path, """{"levels":"error"}""");
        }
    }

    private void Count(FuzzedRequest request, WireAnswer answer, Operation? operation, string? code, TimeSpan time)
    {
        statuses.Add(answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (code is not null)
            codes.Add(code);
        var name = operation?.ToString() ?? request.Operation.ToString();
        if (answer.Status == 503)
            turnedAway.Add($"{name} {code}");
        slowest.AddOrUpdate(name, time, (_, known) => known > time ? known : time);
        if (operation is null)
            return;
        reached.Add(name);
        if (answer.Status < 300)
            taken.Add(name);
    }
}
