using IdeaVote.Fuzz.Api;
using IdeaVote.Server;
using IdeaVote.Server.Settings;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Commands;

/// <summary>Whatever the server's command line and its variables say, it starts with it or says what is wrong: never an exception.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SettingFuzzTests(ITestOutputHelper output)
{
    private const int Permille = 75;

    private static readonly string[] Likely =
    [
        "200/2000", "off", "json", "text", "public", "token", "daily", "information,Microsoft=warning", "10.0.0.0/8,fd00::/8", "::1", "30", "smtp://a:b@mail.example.org:587", "smtp://h", "smtps://h:465",
        "ideas@example.org", "https://ideas.example.org", "Host=localhost;Database=ideavote", "http://localhost:5080", "http://*:1;https://[::]:2", "http://unix:/x", "--data", "--demo", "--urls", "--journal",
        "--help", "healthcheck", "[diagram]", "@x",
    ];

    [Fact]
    public async Task Any_setting_is_taken_or_named_as_a_mistake()
    {
        var (findings, told) = (new Findings(), new Counts());
        var command = ServerCommand.Create();
        for (var seed = Run.FirstSeed; seed < Run.FirstSeed + Run.Share(Permille) && !findings.IsFull; seed++)
        {
            var random = Run.Of(seed);
            var variables = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var setting in SettingTable.All)
                if (random.OneIn(5))
                    variables[setting.Name] = Value(random);
            if (random.OneIn(10))
                variables["IDEAVOTE_" + Values.Next(random)] = Value(random);
            string[] args = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Value(random))];
            try
            {
                using var error = new StringWriter();
                var parsed = command.Parse(args);
                var settings = new SettingReader(variables);
                if (parsed.Errors.Count == 0 && parsed.Action == command.Action)
                    ServerCommand.Read(parsed, settings);
                told.Add(parsed.Errors.Count > 0 ? "wrong command line" : await settings.TellAsync(error) ? "taken" : "mistakes");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                findings.Add(seed, $"{string.Join(' ', args.Select(static arg => $"'{arg}'"))} with {string.Join(' ', variables)}", e.ToString());
            }
        }

        output.WriteLine($"server's settings: {told.Sum} starts; {told}");
        findings.ShouldBeNone();
        if (Run.IsWhole)
            told.Of("taken").ShouldBeGreaterThan(told.Sum / 20);
    }

    private static string Value(Random random) => random.OneIn(3) ? Values.Next(random) : random.Pick(Likely);
}
