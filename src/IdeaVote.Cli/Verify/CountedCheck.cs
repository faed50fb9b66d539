using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>What a leaderboard or portfolio says that it counts. Each is null where the file does not say.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Position">The position of the last event included.</param>
/// <param name="Parameters">What was asked for, by name.</param>
/// <param name="Ballots">The SHA-256 of the ballots counted.</param>
internal sealed record Told(string? Campaign = null, string? Position = null, IReadOnlyDictionary<string, string>? Parameters = null, string? Ballots = null);

/// <summary>
/// Compares a file with what the events come to at the position that the file names; at the end of the events where it names none, or one
/// that no line of the export has.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="told">What it says that it counts.</param>
internal abstract class CountedCheck(string path, Told told)
{
    private string? agreed;

    /// <summary>The file.</summary>
    protected string Path { get; } = path;

    /// <summary>Goes on with the event read last.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="replay">The campaign with it.</param>
    /// <param name="position">Its position, as the line has it.</param>
    /// <exception cref="DisagreementException">The file is of this position, and something in it differs.</exception>
    public void After(RecordedEvent recorded, CampaignReplay replay, string position)
    {
        if (agreed is not null)
            return;
        Take(recorded);
        if (position != told.Position)
            return;
        if (told.Ballots is { } named && replay.Ballots.Sha256() is var counted && named != counted)
            throw new DisagreementException($"{Path} counts ballots with the SHA-256 {named}, and those at its position have {counted}");
        agreed = Compare(replay);
    }

    /// <summary>Compares, if that has not been done before, and says what agrees.</summary>
    /// <param name="replay">The campaign at the end.</param>
    /// <param name="campaign">Its key, as the head has it.</param>
    /// <param name="ballots">The SHA-256 of its ballots.</param>
    /// <exception cref="DisagreementException">Something differs.</exception>
    public string Finish(CampaignReplay replay, string campaign, string ballots)
    {
        if (told.Campaign is { } named && named != campaign)
            throw new DisagreementException($"{Path} is of the campaign {named}, and the export of {campaign}");
        if (agreed is not null)
            return $"{agreed}, at the position it names";
        if (told.Ballots is { } counted && counted != ballots)
            throw new DisagreementException($"{Path} counts ballots with the SHA-256 {counted}, at a position that no line of the export has; those at its end have {ballots}");
        return Compare(replay);
    }

    /// <summary>Folds one event.</summary>
    protected abstract void Take(RecordedEvent recorded);

    /// <summary>Compares the file with where the events stand, and says what agrees.</summary>
    /// <exception cref="DisagreementException">Something differs; the message names the row.</exception>
    protected abstract string Compare(CampaignReplay replay);
}
