using System.Text;
using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>Every variable that a file of deploy/ sets is one that something reads.</summary>
public sealed partial class VariableTests
{
    // Read by the runtime, by ASP.NET Core, and in the cluster by Azure's library, whose package not every registry has.
    private static readonly string[] OfTheRuntime = ["DOTNET_EnableDiagnostics", "DOTNET_NOLOGO", "ASPNETCORE_HTTP_PORTS", "AZURE_CLIENT_ID"];

    [Fact]
    public void Every_variable_is_read_by_the_product_or_by_what_it_is_made_of()
    {
        var set = DeployFiles.Ending("").SelectMany(name => Variable.Matches(DeployFiles.Read(name)).Select(match => (Name: match.Value, File: name))).ToLookup(found => found.Name, found => found.File);
        var product = Directory.EnumerateFiles(Path.Combine(DeployFiles.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Quoted.Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        // The SDK reads its variables itself; a text of a program is in its assembly as UTF-16.
        var telemetry = new[] { "OpenTelemetry.dll", "OpenTelemetry.Exporter.OpenTelemetryProtocol.dll" }
            .Select(name => Encoding.Unicode.GetString(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name)))).ToArray();

        set.Count.ShouldBeGreaterThan(10);
        foreach (var variable in set.Where(variable => !product.Contains(variable.Key) && !OfTheRuntime.Contains(variable.Key)))
            (variable.Key.StartsWith("OTEL_", StringComparison.Ordinal) && IsIn(telemetry, variable.Key)).ShouldBeTrue($"nothing reads {variable.Key}, which is in {string.Join(", ", variable)}");
    }

    [GeneratedRegex("\\b(?:IDEAVOTE|OTEL|ASPNETCORE|DOTNET|AZURE)_[A-Za-z_]*[A-Za-z]", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Variable { get; }

    [GeneratedRegex("\"(?<name>[A-Z]+_[A-Z_]+)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Quoted { get; }

    // Texts may begin at an odd place, where they decode to something else.
    private static bool IsIn(string[] assemblies, string name) =>
        assemblies.Any(text => text.Contains(name, StringComparison.Ordinal) || Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text).AsSpan(1..^1)).Contains(name, StringComparison.Ordinal));
}
