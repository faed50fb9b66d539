using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Stages as callers see them: with names, which the events lack.</summary>
internal static class StageNames
{
    private const int MaxChars = 100;

    /// <summary>The stages of a preset.</summary>
    public static (ImmutableArray<Stage> Stages, ImmutableArray<string> Names) Of(Preset preset) => preset == Preset.Continuous
        ? ([new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null), new Stage(Allows.None, null)], ["open", "closed"])
        : ([
            new Stage(Allows.Submit | Allows.Discuss, null),
            new Stage(Allows.Discuss | Allows.Vote, null),
            new Stage(Allows.Discuss, null),
            new Stage(Allows.None, null),
        ], ["submit", "vote", "review", "closed"]);

    /// <summary>The stages a caller listed.</summary>
    public static (ImmutableArray<Stage> Stages, ImmutableArray<string> Names) Of(IReadOnlyList<StageBody> bodies)
    {
        var stages = ImmutableArray.CreateBuilder<Stage>(bodies.Count);
        var names = ImmutableArray.CreateBuilder<string>(bodies.Count);
        for (var i = 0; i < bodies.Count; i++)
        {
            var name = TextRules.Line(bodies[i].Name, $"stages[{i}].name", MaxChars);
            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", $"Two stages are named '{name}'.", $"stages[{i}].name");
            names.Add(name);
            stages.Add(new Stage(
                bodies[i].Allows.Aggregate(Allows.None, (all, one) => all | ToDomain(one)),
                bodies[i].Starts is { } starts ? Instant.From(starts) : null));
        }
        return (stages.DrainToImmutable(), names.DrainToImmutable());
    }

    /// <summary>A stage as callers see it.</summary>
    public static StageBody ToBody(Stage stage, string name) => new()
    {
        Name = name,
        Starts = stage.Starts?.ToDateTimeOffset(),
        Allows = [.. Enum.GetValues<StageAllows>().Where(one => (stage.Allows & ToDomain(one)) != Allows.None)],
    };

    private static Allows ToDomain(StageAllows allows) => allows switch
    {
        StageAllows.Submit => Allows.Submit,
        StageAllows.Discuss => Allows.Discuss,
        StageAllows.Vote => Allows.Vote,
        _ => throw new ArgumentOutOfRangeException(nameof(allows), allows, "No such permission."),
    };
}
