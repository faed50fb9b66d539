using IdeaVote.Gateway.Tests.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What is logged is changed while the server runs.</summary>
public sealed class LogLevelTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Levels_take_effect_at_once()
    {
        var logger = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("IdeaVote.Tests");
        (await server.Admin.GetAsync("log-levels").Expect(200)).Text("levels").ShouldBe(server.UsualLogs);
        logger.IsEnabled(LogLevel.Error).ShouldBeTrue();

        (await server.Admin.PutAsync("log-levels", """{"levels":"warning,IdeaVote.Tests=none"}""").Expect(200)).Text("levels").ShouldBe("warning,IdeaVote.Tests=none");

        logger.IsEnabled(LogLevel.Error).ShouldBeFalse();
        await server.Admin.PutAsync("log-levels", """{"levels":"loud"}""").Refused(400, "invalid_field");
        (await server.Admin.GetAsync("log-levels").Expect(200)).Text("levels").ShouldBe("warning,IdeaVote.Tests=none");
    }
}
