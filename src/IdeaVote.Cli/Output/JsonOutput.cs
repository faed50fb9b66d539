using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdeaVote.Cli.Output;

/// <summary>Prints JSON for people and programs: indented, letters of all languages as they are, controls escaped.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints a value as the server sent it.</summary>
    public static void Write(TextWriter output, JsonElement value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
