using Spectre.Console;
using Spectre.Console.Rendering;

namespace IdeaVote.Cli.Import;

/// <summary>Progress for people: a bar with rate and time left.</summary>
/// <param name="console">The terminal.</param>
internal sealed class BarProgress(IAnsiConsole console) : IImportProgress
{
    /// <inheritdoc />
    public Task RunAsync(string what, int total, Func<Action, Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
                await work(() => task.Increment(1));
            });

    /// <summary>Pieces a second.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        /// <inheritdoc />
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? $"{speed:0}/s" : "");
    }
}
