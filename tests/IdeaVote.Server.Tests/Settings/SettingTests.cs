using IdeaVote.Server.Settings;

namespace IdeaVote.Server.Tests.Settings;

/// <summary>What people read about the settings is what the program has.</summary>
public class SettingTests
{
    [Fact]
    public void The_README_has_the_settings_of_the_program() =>
        File.ReadAllLines(Repository.PathOf("README.md")).Where(line => line.StartsWith("| `IDEAVOTE_", StringComparison.Ordinal))
            .ShouldBe(SettingTable.All.Select(setting => $"| `{setting.Name}` | `{setting.Form}` | {setting.Meaning} |"));

    [Fact]
    public void Help_has_them_too()
    {
        using var output = new StringWriter();
        ServerCommand.Create().Parse("--help").Invoke(new System.CommandLine.InvocationConfiguration { Output = output }).ShouldBe(0);
        foreach (var setting in SettingTable.All)
        {
            output.ToString().ShouldContain($"{setting.Name}={setting.Form}");
            output.ToString().ShouldContain(setting.Meaning);
        }
    }
}
