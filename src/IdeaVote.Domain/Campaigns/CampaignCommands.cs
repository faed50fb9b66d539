using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>Make a campaign. Where one exists already nothing changes; the caller compares the texts.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Preset">The course it is made from.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Stages">Its stages, 1 to <see cref="Campaign.MaxStages"/>.</param>
public sealed record CreateCampaign(TextRef Text, Preset Preset, Rules Rules, ImmutableArray<Stage> Stages) : Command;

/// <summary>Change a campaign's text, rules or stages, all or nothing; what is null stays.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Rules">The new rules, whole.</param>
/// <param name="Stages">The new stages, whole.</param>
public sealed record ChangeCampaign(TextRef? Text, Rules? Rules, ImmutableArray<Stage>? Stages) : Command;

/// <summary>Move the campaign to a stage now.</summary>
/// <param name="Stage">The number of the stage, from 0.</param>
public sealed record EnterStage(int Stage) : Command;

/// <summary>Enter the stages whose start time has come. Sent by the engine's wake-up; harmless at any time.</summary>
public sealed record KeepSchedule : Command;

/// <summary>Announce the campaign's result, or correct what was announced. Voting must be over.</summary>
/// <param name="Results">The result.</param>
public sealed record AnnounceResults(Announcement Results) : Command;
