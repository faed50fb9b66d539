using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
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
        agreed = Compare(replay.Board);
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
        return Compare(replay.Board);
    }

    /// <summary>Goes on with what a line of published ballots stands for.</summary>
    /// <exception cref="UsageException">The file rests on what is not published.</exception>
    public void TakePublished(RecordedEvent recorded)
    {
        if (NeedsTimesOrSegments)
            throw new UsageException($"{Path} can't be counted again from published ballots: they hold no times and no segments");
        Take(recorded);
    }

    /// <summary>Compares with published ballots, and says what agrees.</summary>
    /// <param name="board">What they come to.</param>
    /// <param name="head">The head of the ballots as they were cast.</param>
    /// <exception cref="DisagreementException">Something differs.</exception>
    public string Finish(Board board, SignedHead head)
    {
        if (told.Campaign is { } named && named != head.Campaign)
            throw new DisagreementException($"{Path} is of the campaign {named}, and the ballots are of {head.Campaign}");
        if (told.Ballots is { } counted && counted != head.Ballots)
            throw new DisagreementException($"{Path} counts ballots with the SHA-256 {counted}, and those published have {head.Ballots}");
        return Compare(board);
    }

    /// <summary>Whether it rests on when votes were cast, or for which segment.</summary>
    protected abstract bool NeedsTimesOrSegments { get; }

    /// <summary>Folds one event.</summary>
    protected abstract void Take(RecordedEvent recorded);

    /// <summary>Compares the file with where the events stand, and says what agrees.</summary>
    /// <param name="board">The counts of all votes.</param>
    /// <exception cref="DisagreementException">Something differs; the message names the row.</exception>
    protected abstract string Compare(Board board);
}
