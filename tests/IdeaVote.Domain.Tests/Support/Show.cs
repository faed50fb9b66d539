using System.Collections;
using System.Globalization;
using System.Reflection;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Support;

/// <summary>
/// Writes a value out with everything in it. Events and states that hold lists don't compare by value, and what can be read
/// tells what differs.
/// </summary>
public static class Show
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool or Enum or Scores => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Aggregate { Version: 0 } => value.GetType().Name + " none",
        // In no particular order: what was taken back leaves a place that the next one takes.
        IEnumerable<Duel> duels => "[" + string.Join(", ", duels.Select(duel => Of(duel)).Order(StringComparer.Ordinal)) + "]",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        _ when value.GetType().Name.EndsWith("Id", StringComparison.Ordinal) && value is not StreamId => value.ToString()!,
        _ => $"{value.GetType().Name.Split('`')[0]} {{ {string.Join(", ", Properties(value))} }}",
    };

    public static string Lines(IEnumerable<object> values) => string.Join("\n", values.Select(Of));

    private static IEnumerable<string> Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name} = {Of(property.GetValue(value))}");
}
