using IdeaVote.Domain.Projections;
using IdeaVote.Portal.Invitations;

namespace IdeaVote.Portal.Analysis;

/// <summary>Who brought whom into a campaign, as its section shows it.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Total">All who were brought.</param>
/// <param name="Voters">How many voters ever cast a vote.</param>
/// <param name="Periods">In place of votes cast, those who voted for the first time and came by an invitation.</param>
/// <param name="Inviters">Who brought most.</param>
/// <param name="Generations">How many were brought by somebody who came alone, how many by those, and so on.</param>
/// <param name="More">How many were brought by later ones than are shown.</param>
/// <param name="Chain">The longest chain, whoever came alone first.</param>
/// <param name="Ideas">The ideas by which most came.</param>
public sealed record WordOfMouthModel(
    string Campaign, Brought Total, int Voters, IReadOnlyList<PeriodPart> Periods, IReadOnlyList<InviterRow> Inviters, IReadOnlyList<Brought> Generations, int More,
    IReadOnlyList<PersonLink> Chain, IReadOnlyList<SharedRow> Ideas)
{
    /// <summary>The part of the voters that came by an invitation.</summary>
    public double Share => Voters == 0 ? 0 : (double)Total.Voted / Voters;
}

/// <summary>A person, named where they show their profile.</summary>
/// <param name="Voter">Their id in this campaign.</param>
/// <param name="Name">Who they are; null if they don't show it.</param>
public sealed record PersonLink(string Voter, ShownName? Name);

/// <summary>Somebody who brought others.</summary>
/// <param name="Person">Who.</param>
/// <param name="Generation">How many invitations stand between them and somebody who came alone.</param>
/// <param name="Brought">Whom they brought themselves.</param>
public sealed record InviterRow(PersonLink Person, int Generation, Brought Brought);

/// <summary>An idea by which people came.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Brought">Who came.</param>
public sealed record SharedRow(string Id, string Title, Brought Brought);
