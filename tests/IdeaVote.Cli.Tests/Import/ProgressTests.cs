using IdeaVote.Cli.Import;
using Spectre.Console;

namespace IdeaVote.Cli.Tests.Import;

public sealed class ProgressTests
{
    [Fact]
    public async Task In_a_log_progress_is_a_line_every_few_seconds()
    {
        var time = new InstantTime();
        using var output = new StringWriter { NewLine = "\n" };

        await new PlainProgress(output, time).RunAsync("ballots", 600, done =>
        {
            for (var i = 0; i < 24; i++)
            {
                time.Pass(TimeSpan.FromSeconds(0.5));
                done();
            }
            return Task.CompletedTask;
        });

        output.ToString().ShouldBe("ballots: 10 of 600, 2 a second, 00:04:55 left\nballots: 20 of 600, 2 a second, 00:04:50 left\n");
    }

    [Fact]
    public async Task Quick_work_leaves_no_trace_in_a_log()
    {
        using var output = new StringWriter();

        await new PlainProgress(output, new InstantTime()).RunAsync("ideas", 1, done =>
        {
            done();
            return Task.CompletedTask;
        });

        output.ToString().ShouldBe("");
    }

    [Fact]
    public async Task On_a_terminal_progress_is_a_bar_that_ends_full()
    {
        using var output = new StringWriter();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(output),
        });

        await new BarProgress(terminal).RunAsync("ballots [x]", 2, done =>
        {
            done();
            done();
            return Task.CompletedTask;
        });

        output.ToString().ShouldContain("ballots [x]");
        output.ToString().ShouldContain("100%");
    }
}
