using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Logs;

/// <summary>What is written to the log, as people write it: <c>information,Microsoft=warning,IdeaVote.Gateway=debug</c>.</summary>
/// <param name="Default">From which level on, where no category says otherwise.</param>
/// <param name="Categories">From which level on the categories are written whose names begin so; the longest name that fits decides.</param>
public sealed record LogLevelText(LogLevel Default, IReadOnlyDictionary<string, LogLevel> Categories)
{
    /// <summary>The most categories.</summary>
    public const int MaxCategories = 32;

    /// <summary>The longest name of a category, in characters.</summary>
    public const int MaxNameChars = 200;

    /// <summary>What is so unless something else is said.</summary>
    public static LogLevelText Usual { get; } = Read("information,Microsoft=warning")!;

    /// <summary>Reads levels.</summary>
    /// <returns>Null if they are none.</returns>
    public static LogLevelText? Read(string text)
    {
        var level = LogLevel.Information;
        var categories = new SortedDictionary<string, LogLevel>(StringComparer.Ordinal);
        var hasDefault = false;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', StringSplitOptions.TrimEntries))
            {
                case [var only] when !hasDefault && LevelOf(only) is { } found:
                    (level, hasDefault) = (found, true);
                    break;
                case [var name, var of] when IsName(name) && categories.Count < MaxCategories && LevelOf(of) is { } found && categories.TryAdd(name, found):
                    break;
                default:
                    return null;
            }
        }
        return new LogLevelText(level, categories);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', [NameOf(Default), .. Categories.Select(static each => $"{each.Key}={NameOf(each.Value)}")]);

    private static bool IsName(string name) => name.Length is > 0 and <= MaxNameChars && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');

    private static LogLevel? LevelOf(string text) => Enum.GetValues<LogLevel>().Cast<LogLevel?>().FirstOrDefault(level => NameOf(level!.Value) == text);

    private static string NameOf(LogLevel level) => level.ToString().ToLowerInvariant();
}
