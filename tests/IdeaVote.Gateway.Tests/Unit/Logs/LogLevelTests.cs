using IdeaVote.Gateway.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IdeaVote.Gateway.Tests.Unit.Logs;

public sealed class LogLevelTests
{
    [Theory]
    [InlineData("information", "information")]
    [InlineData("trace,Microsoft=warning", "trace,Microsoft=warning")]
    [InlineData(" debug , B=none , A.B_c=critical ", "debug,A.B_c=critical,B=none")]
    [InlineData("A=debug", "information,A=debug")]
    public void Levels_are_read_as_people_write_them(string text, string read) => LogLevelText.Read(text)!.ToString().ShouldBe(read);

    [Theory]
    [InlineData("")]
    [InlineData("loud")]
    [InlineData("Information")]
    [InlineData("1")]
    [InlineData("debug,information")]
    [InlineData("A=debug,A=trace")]
    [InlineData("A=")]
    [InlineData("=debug")]
    [InlineData("A B=debug")]
    [InlineData("A=debug,")]
    public void What_are_no_levels_are_none(string text) => LogLevelText.Read(text).ShouldBeNull();

    [Fact]
    public void Levels_change_for_loggers_that_are_in_use_but_not_below_warnings_where_secrets_are_logged()
    {
        using var levels = new LogLevels(LogLevelText.Usual);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new Everything()).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(levels);
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ILoggerFactory>();
        var (own, kestrel, hosting) = (factory.CreateLogger("IdeaVote.Gateway.Http"), factory.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Connections"), factory.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics"));
        Lowest(own).ShouldBe(LogLevel.Information);
        Lowest(kestrel).ShouldBe(LogLevel.Warning);

        levels.Set(LogLevelText.Read("trace,IdeaVote.Gateway=error")!);
        (Lowest(own), Lowest(kestrel), Lowest(hosting)).ShouldBe((LogLevel.Error, LogLevel.Trace, LogLevel.Warning));

        levels.Set(LogLevelText.Read("none,Microsoft.AspNetCore.Hosting.Diagnostics=trace")!);
        (Lowest(own), Lowest(kestrel), Lowest(hosting)).ShouldBe((LogLevel.None, LogLevel.None, LogLevel.Warning));
        levels.Set(LogLevelText.Read("error")!);
        // What the framework is told elsewhere about one category alone counts more, down to warnings.
        (Lowest(own), Lowest(kestrel), Lowest(hosting)).ShouldBe((LogLevel.Error, LogLevel.Error, LogLevel.Warning));
    }

    private static LogLevel Lowest(ILogger logger) => Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || logger.IsEnabled(level));

    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
