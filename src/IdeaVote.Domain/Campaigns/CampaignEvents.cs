using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>A campaign came to be, in the first of its stages.</summary>
/// <param name="Text">Its key, title, brief, and the names of stages, criteria and unit.</param>
/// <param name="Preset">The course it was made from.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Stages">Its stages, in order.</param>
public sealed record CampaignCreated(TextRef Text, Preset Preset, Rules Rules, ImmutableArray<Stage> Stages) : Event;

/// <summary>The campaign's text changed.</summary>
/// <param name="Old">The text until now.</param>
/// <param name="New">The text from now on.</param>
public sealed record CampaignDescribed(TextRef Old, TextRef New) : Event;

/// <summary>The rules changed.</summary>
/// <param name="Old">The rules until now.</param>
/// <param name="New">The rules from now on.</param>
public sealed record RulesChanged(Rules Old, Rules New) : Event;

/// <summary>The stages or their start times changed.</summary>
/// <param name="Old">The stages until now.</param>
/// <param name="New">The stages from now on.</param>
public sealed record ScheduleChanged(ImmutableArray<Stage> Old, ImmutableArray<Stage> New) : Event;

/// <summary>The campaign entered a stage.</summary>
/// <param name="Old">The number of the stage it left, from 0.</param>
/// <param name="New">The number of the stage it entered, from 0.</param>
/// <param name="Since">From when on the new stage is in force: its scheduled start, or the moment the team moved it.</param>
/// <param name="Scheduled">Whether its start time came, rather than the team moving it.</param>
public sealed record StageEntered(int Old, int New, Instant Since, bool Scheduled) : Event;

/// <summary>The team announced the campaign's result, or corrected it.</summary>
/// <param name="Old">What was announced until now; null for nothing.</param>
/// <param name="New">What is announced from now on.</param>
public sealed record ResultsAnnounced(Announcement? Old, Announcement New) : Event;
