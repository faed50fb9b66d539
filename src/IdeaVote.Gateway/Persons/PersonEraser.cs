using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Persons;

/// <summary>
/// Erases a person everywhere but in the journal, which never knew them. Each step may be repeated, so an erasure that was
/// interrupted is finished by doing it again.
/// </summary>
internal sealed class PersonEraser(
    IEngine engine, ITextStore texts, TextDocuments documents, IAccessStore access, TokenBook tokens, Pseudonyms pseudonyms,
    ISearchIndex search, IProjectionWaiter projections)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Erases a person.</summary>
    /// <param name="voter">The caller's id of the person, normalised.</param>
    /// <param name="actor">Who erases.</param>
    /// <returns>
    /// What was erased, and the position that includes it; or the answer to a command that was not taken, after which the erasure is
    /// to be repeated.
    /// </returns>
    /// <exception cref="ApiException">503 <c>not_yet</c>: all is erased but the search index is still behind.</exception>
    public async ValueTask<(ErasureAnswer Answer, Position Position, Reply? Failed)> EraseAsync(string voter, ActorId? actor)
    {
        var person = pseudonyms.Person(voter);
        // The tokens go first, so that the person writes nothing more meanwhile.
        var campaigns = await engine.CampaignsAsync(CancellationToken.None);
        var voters = campaigns.Select(campaign => (campaign, pseudonyms.Voter(campaign, voter))).ToList();
        var revoked = await access.EraseAsync(person, voters, CancellationToken.None);
        foreach (var token in revoked)
            tokens.Forget(token);

        // The journal says that a text is gone before it is, so that no reader waits for a text that never comes.
        var announced = await texts.OfPersonAsync(person, CancellationToken.None);
        var (first, failed) = await AnnounceAsync(announced, actor);
        if (failed is not null)
            return (new ErasureAnswer(0, 0), first, failed);
        var erased = await texts.EraseAsync(person, CancellationToken.None);
        foreach (var text in erased)
            documents.Forget(text.Id);
        // What a trusted caller wrote for the person between the two steps.
        var (last, failedLate) = await AnnounceAsync([.. erased.Except(announced)], actor);
        if (failedLate is not null)
            return (new ErasureAnswer(0, 0), last, failedLate);

        var position = first.Join(last);
        if (!await projections.WaitAsync(search.Name, position, Patience, CancellationToken.None))
            throw Positions.NotYet();
        return (new ErasureAnswer(erased.Count, revoked.Count), position, null);
    }

    private async ValueTask<(Position Position, Reply? Failed)> AnnounceAsync(IReadOnlyList<OwnedText> owned, ActorId? actor)
    {
        var position = Position.Start;
        foreach (var text in owned)
        {
            if (await CommandAsync(text) is not { } command)
                continue;
            var reply = await engine.SendWhenRoomAsync(text.Stream, command with { Actor = actor }, CancellationToken.None);
            // A refusal says that the aggregate never came to be: the text is an orphan, and erasing it needs no announcement.
            if (reply.Kind is ReplyKind.OutcomeUnknown or ReplyKind.Overloaded)
                return (position, reply);
            position = position.Join(reply.Position);
        }
        return (position, null);
    }

    private async ValueTask<Command?> CommandAsync(OwnedText text)
    {
        switch (text.Stream.Kind)
        {
            case AggregateKind.Thread:
                return new EraseCommentText(text.Id);
            case AggregateKind.Idea:
                return new EraseIdeaText(text.Id);
            case AggregateKind.Voter:
                var read = await engine.ReadAsync(text.Stream, CancellationToken.None);
                return (read.State as Voter)?.Attributes?.Id == text.Id ? new DescribeVoter(null, new AttributesChange(null)) : null;
            default:
                return null;
        }
    }
}
