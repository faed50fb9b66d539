using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Participation;

/// <summary>Who brought whom into a campaign, and what part of its voters that is.</summary>
/// <param name="Who">Who brought whom.</param>
/// <param name="All">All invitations, also those that do not count, in the order of the voters' ids.</param>
/// <param name="Voters">How many voters ever cast a vote.</param>
/// <param name="Days">The days on which somebody voted for the first time.</param>
internal sealed record WordOfMouthCounts(WordOfMouth Who, IReadOnlyList<Invitation> All, int Voters, IReadOnlyList<NewVoters> Days)
{
    /// <summary>The part of the voters that came by an invitation, 0 to 1.</summary>
    public double Share => Voters == 0 ? 0 : (double)Who.Total.Voted / Voters;
}

/// <summary>Those who voted for the first time on a day of UTC.</summary>
/// <param name="Day">The day, in days since 1970-01-01.</param>
/// <param name="All">How many.</param>
/// <param name="Brought">How many of them came by an invitation.</param>
internal readonly record struct NewVoters(int Day, int All, int Brought);

/// <summary>Works out who brought whom, one campaign at a time: of a million who were invited, each reading takes some hundred megabytes.</summary>
/// <param name="engine">Knows how far the campaign is.</param>
/// <param name="index">Has the invitations.</param>
/// <param name="waiter">Waits for it.</param>
/// <param name="participations">Has the voters.</param>
internal sealed class WordOfMouthReader(IEngine engine, IInvitationIndex index, IProjectionWaiter waiter, Participations participations)
{
    private const double DayMilliseconds = 86_400_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly WaitingRoom room = new(1, Participations.MaxWaiting, "Too many wait for invitations to be counted");

    /// <summary>Reads the newest.</summary>
    /// <exception cref="ApiException">503 <c>not_yet</c>: the index is behind; or <c>overloaded</c>.</exception>
    public async ValueTask<WordOfMouthCounts> ReadAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var head = await engine.QueryAsync(campaign, static (_, at) => at, cancellation);
        if (!await waiter.WaitAsync(index.Name, head, Patience, cancellation))
            throw Positions.NotYet();
        using var place = await room.EnterAsync(cancellation);
        var all = await index.AllAsync(campaign, cancellation);
        var (voters, days) = await participations.ReadAsync(campaign, static counts => (counts.ToFunnel().Cast, counts.Days), cancellation);
        var brought = all.Where(static invitation => invitation is { Counts: true, VotedAt: not null })
            .CountBy(static invitation => (int)Math.Floor(invitation.VotedAt!.Value.UnixMilliseconds / DayMilliseconds)).ToDictionary();
        return new WordOfMouthCounts(
            new WordOfMouth(all), all, voters,
            [.. days.Where(static day => day.NewVoters > 0).Select(day => new NewVoters(day.Start, day.NewVoters, brought.GetValueOrDefault(day.Start)))]);
    }
}
