using IdeaVote.Domain.Threads;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Discussion;

/// <summary>What concerns are called outside. Callers program against these: never rename one.</summary>
internal static class ConcernNames
{
    private static readonly Dictionary<string, Concern> ByName = Enum.GetValues<Concern>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => ByName.Keys;

    /// <summary>All names, for a message.</summary>
    public static readonly string Known = string.Join(", ", ByName.Keys);

    /// <summary>The name of a concern.</summary>
    public static string Of(Concern concern) => concern switch
    {
        Concern.Spam => "spam",
        Concern.Abuse => "abuse",
        Concern.OffTopic => "off_topic",
        Concern.Privacy => "privacy",
        Concern.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(concern), concern, "No such concern."),
    };

    /// <summary>The concern of a name.</summary>
    /// <exception cref="Http.ApiException">400: there is none.</exception>
    public static Concern Read(string? name) => name is not null && ByName.TryGetValue(name, out var concern)
        ? concern
        : throw CommonProblems.Invalid("reason", $"There is no such reason; known are {Known}.");
}
