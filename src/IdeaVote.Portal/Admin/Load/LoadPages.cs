using System.Reflection;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Admin.Load;

/// <summary>How the process does, at a glance.</summary>
internal static class LoadPages
{
    /// <summary>The steps that make up the last minute.</summary>
    private const int MinuteSteps = 60 / LoadGauges.StepSeconds;

    /// <summary>Maps it.</summary>
    public static void MapLoad(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/admin/load", handlers.ShowAsync, Scopes.Admin);
    }

    private sealed class Handlers(Pages pages, Visits visits, LoadGauges gauges, LiveHub hub, GatewayOptions options, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        private static readonly string Version =
            typeof(LoadPages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var model = Read();
            if (Pages.WantsFragment(context))
                await pages.WriteFragmentAsync<LoadView, LoadModel>(context, model);
            else
                await pages.WriteAsync<LoadPage, LoadModel>(context, new Frame(visit["admin.load"]) { IsWide = true, Modules = ["load.js"] }, model);
        }

        private LoadModel Read()
        {
            var (steps, now) = gauges.Read();
            var (batches, commits) = (new Spread(), new Spread());
            var classes = new RequestCount[Enum.GetValues<RouteClass>().Length];
            foreach (var step in steps.TakeLast(MinuteSteps))
            {
                batches = batches.With(step.Batches);
                commits = commits.With(step.Commits);
                for (var i = 0; i < classes.Length; i++)
                    classes[i] = classes[i].With(step.Requests[i]);
            }
            const string Lag = "ideavote.projection.lag/";
            return new LoadModel(
                options.IsReady(), Version, time.GetElapsedTime(gauges.Started), steps, classes, batches, commits,
                Of(now, "ideavote.journal.position"), [.. now.Where(one => one.Key.StartsWith(Lag, StringComparison.Ordinal)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key[Lag.Length..], (long)one.Value))],
                Of(now, "ideavote.queue.depth"), Of(now, "ideavote.slots"), hub.Listeners,
                Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), DataBytes(), FreeBytes());
        }

        private static long? Of(IReadOnlyDictionary<string, double> gauges, string name) => gauges.TryGetValue(name, out var value) ? (long)value : null;

        private long? DataBytes() => options.DataFolder is { } folder && Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(LengthOf) : null;

        private long? FreeBytes() => options.DataFolder is { } folder && Directory.Exists(folder) ? new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace : null;

        private static long LengthOf(FileInfo file)
        {
            try
            {
                return file.Length;
            }
            catch (FileNotFoundException)
            {
                // A database's helper file, gone since it was listed.
                return 0;
            }
        }
    }
}

/// <summary>How the process does.</summary>
/// <param name="IsReady">Whether it takes requests.</param>
/// <param name="Version">Its version.</param>
/// <param name="Up">How long it has been up.</param>
/// <param name="Steps">The last five minutes, the oldest step first.</param>
/// <param name="Minute">The last minute's requests by class.</param>
/// <param name="Batches">The last minute's commits: commands answered by each.</param>
/// <param name="Commits">The last minute's commits: seconds until each was on disk.</param>
/// <param name="Journal">The journal's last position; null if this process does not tell.</param>
/// <param name="Lags">The projections, and how many events each is behind.</param>
/// <param name="Waiting">Commands that wait for their turn; null if this process does not tell.</param>
/// <param name="Aggregates">Aggregates in memory; null if this process does not tell.</param>
/// <param name="Listeners">Pages that listen for changes.</param>
/// <param name="WorkingSet">The process's memory, in bytes.</param>
/// <param name="Heap">Of it, what the program's objects take, in bytes.</param>
/// <param name="Data">The size of the data folder, in bytes; null for none.</param>
/// <param name="Free">The room left on its disk, in bytes; null for none.</param>
public sealed record LoadModel(
    bool IsReady, string Version, TimeSpan Up, IReadOnlyList<LoadStep> Steps, IReadOnlyList<RequestCount> Minute, Spread Batches, Spread Commits,
    long? Journal, IReadOnlyList<(string Name, long Events)> Lags, long? Waiting, long? Aggregates, int Listeners, long WorkingSet, long Heap, long? Data, long? Free);
