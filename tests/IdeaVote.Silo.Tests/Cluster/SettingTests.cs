namespace IdeaVote.Silo.Tests.Cluster;

/// <summary>A wrong or missing setting is one clear line.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("both", "postgres", null, "r:1", "IDEAVOTE_JOURNAL")]
    [InlineData("silo", "postgres", "Host=h", null, "IDEAVOTE_REDIS")]
    [InlineData("gateway", "azure", null, null, "IDEAVOTE_AZURE")]
    [InlineData("silo", "localhost", null, null, "--role must be both")]
    [InlineData("both", "postgres", "Host=/nowhere;Password=secret77", "127.0.0.1:1", "IDEAVOTE_REDIS can't be reached")]
    public async Task It_ends_with_a_line_that_says_what_to_do(string role, string storage, string? journal, string? redis, string says)
    {
        await using var silo = SiloProcess.Launch(role, storage, journal, redis);

        (await silo.ExitAsync()).ShouldBe(SiloCommand.Failed);

        var lines = silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldHaveSingleItem().ShouldContain(says);
        lines[0].ShouldStartWith("IdeaVote stops: ");
        lines[0].ShouldNotContain("secret77");
    }
}
