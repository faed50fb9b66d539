using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters.Merging;

namespace IdeaVote.Domain.Voters;

/// <summary>
/// A voter in one campaign: the ballot and what a trusted caller said of the person. "One vote per voter and idea" and
/// "never more than the budget" hold because this aggregate alone decides them, one command after the other.
/// </summary>
public sealed class Voter : Aggregate
{
    /// <summary>How many obeyed commands a voter remembers, to answer their repetitions alike.</summary>
    public const int RememberedCommands = 16;

    /// <summary>A voter who never voted.</summary>
    public static readonly Voter None = new();

    /// <summary>Rebuilds a voter from a snapshot.</summary>
    public static Voter Restore(
        long version, Ballot ballot, TermId? segment, TextRef? attributes, ImmutableArray<ObeyedCommand> obeyed, MergedVotes merged,
        VoterInvited? invitation = null, bool hasVoted = false) => new()
        {
            Version = version,
            Ballot = ballot,
            Segment = segment,
            Attributes = attributes,
            Obeyed = obeyed,
            Merged = merged,
            Invitation = invitation,
            HasVoted = hasVoted,
        };

    /// <summary>The votes.</summary>
    public Ballot Ballot { get; private set; } = Ballot.Empty;

    /// <summary>The segment the votes count for; null for none.</summary>
    public TermId? Segment { get; private set; }

    /// <summary>Where the voter's attributes lie; null for none.</summary>
    public TextRef? Attributes { get; private set; }

    /// <summary>The merges of ideas that the votes follow, and the votes as they were cast.</summary>
    public MergedVotes Merged { get; private set; } = MergedVotes.None;

    /// <summary>How the voter came; null if nobody brought them.</summary>
    public VoterInvited? Invitation { get; private set; }

    /// <summary>Whether the voter ever cast a vote, even one that was taken back.</summary>
    public bool HasVoted { get; private set; }

    /// <summary>The commands obeyed last, oldest first.</summary>
    public ImmutableArray<ObeyedCommand> Obeyed { get; private set; } = [];

    /// <summary>The approvals the ballot has left under <paramref name="rules"/>; null for any number or when approving is off.</summary>
    public int? ApprovalsLeft(Rules rules) =>
        rules.Approve?.Max is { } max ? Math.Max(0, max - Ballot.Approvals.Count) : null;

    /// <summary>The credits the ballot has left under <paramref name="rules"/>; null when investing is off.</summary>
    public int? CreditsLeft(Rules rules) =>
        rules.Invest is { } invest ? (int)Math.Max(0, invest.BudgetCredits - Ballot.SpentCredits) : null;

    /// <inheritdoc/>
    public override Decision Decide(Command command, TurnContext context)
    {
        if (command.Id is { } id && HasObeyed(id))
            return Decision.Unchanged;
        if (command.ExpectedVersion is { } expected && expected != Version)
            return Decision.Refuse(RefusalCode.BallotChanged, $"The ballot is at version {Version}, not {expected}; read it and decide again.");
        if (!context.Campaign.Exists)
            return Decision.Refuse(RefusalCode.CampaignNotFound, "There is no such campaign.");

        var turn = new BallotTurn(Ballot, Segment, Version, context);
        switch (command)
        {
            case ReturnInvestment back:
                turn.GiveBack(back.Idea, back.UndoesVersion, back.Cause);
                return turn.ToDecision();
            case FollowMerge follow:
                return new MergeTurn(Ballot, Merged, Segment, Version, context.Campaign.Rules).Follow(follow);
            case DescribeVoter describe:
                return Decide(describe, context, turn);
            case AcceptInvitation invitation:
                return Decide(invitation, context);
            case VoteCommand vote:
                return Decide(vote, context, turn);
            default:
                throw new ArgumentException($"{command.GetType().Name} is not a voter's command.", nameof(command));
        }
    }

    /// <inheritdoc/>
    public override Aggregate Apply(RecordedEvent recorded)
    {
        var next = new Voter
        {
            Version = recorded.Version,
            Ballot = Ballot,
            Segment = Segment,
            Attributes = Attributes,
            Obeyed = recorded.Command is { } id ? Remember(id, recorded.Version) : Obeyed,
            Merged = Merged,
            Invitation = Invitation,
            HasVoted = HasVoted,
        };
        switch (recorded.Event)
        {
            case BallotEvent e:
                next.Ballot = Ballot.Apply(e, recorded.Version);
                next.HasVoted = true;
                break;
            case SegmentChanged e:
                next.Segment = e.New;
                break;
            case AttributesChanged e:
                next.Attributes = e.New;
                break;
            case VoterInvited e:
                next.Invitation = e;
                break;
            case VotesMerged e:
                next.Merged = Merged.Add(new MergeLink(e.From, e.Into, e.Cause), Ballot, e.Credits);
                break;
            case VotesUnmerged e:
                next.Merged = Merged.Remove(e.From, Ballot, e.Credits, e.Rest);
                break;
            default:
                throw new ArgumentException($"{recorded.Event.GetType().Name} is not a voter's event.", nameof(recorded));
        }
        return next;
    }

    private static Decision Decide(VoteCommand vote, TurnContext context, BallotTurn turn)
    {
        if (!context.Campaign.AllowsAt(context.Now, Allows.Vote))
            return Decision.Refuse(RefusalCode.StageClosed, "The campaign's current stage takes no votes.");
        if (Eligibility.Check(context.Campaign.Rules, vote.Credentials) is { } refusal)
            return refusal;
        return DecideAllowed(vote, turn);
    }

    private static Decision DecideAllowed(VoteCommand vote, BallotTurn turn)
    {
        if (vote.Segment is { } change)
            turn.MoveTo(change.Segment);
        switch (vote)
        {
            case CastApproval approval:
                turn.Approve(approval.Idea, approval.Approve);
                break;
            case CastRating rating:
                turn.Rate(rating.Idea, rating.Scores);
                break;
            case CastInvestment investment:
                turn.Invest(investment.Idea, investment.Credits);
                break;
            case SetOrder order:
                turn.Rank(order.Ideas);
                break;
            case CastDuel duel:
                turn.Decide(duel.One, duel.Other, duel.Better);
                break;
            case SetBallot set:
                turn.Replace(set);
                break;
            default:
                throw new ArgumentException($"{vote.GetType().Name} is not a voter's command.", nameof(vote));
        }
        turn.CheckTotals();
        return turn.ToDecision();
    }

    private Decision Decide(DescribeVoter describe, TurnContext context, BallotTurn turn)
    {
        if (describe.Segment is { } change)
            turn.MoveTo(change.Segment);
        var decision = turn.ToDecision();
        if (describe.Attributes is not { } wish || wish.Attributes == Attributes)
            return decision;
        return Decision.Of([.. decision.Events, new AttributesChanged(Attributes, wish.Attributes)]);
    }

    private Decision Decide(AcceptInvitation accept, TurnContext context) =>
        HasVoted || Invitation is not null || accept.By == accept.Invited
            ? Decision.Unchanged
            : Decision.Of(new VoterInvited(accept.By, accept.Idea is { } idea && context.StatusOf(idea) is not null ? idea : null));

    private bool HasObeyed(CommandId id)
    {
        foreach (var obeyed in Obeyed)
            if (obeyed.Id == id)
                return true;
        return false;
    }

    private ImmutableArray<ObeyedCommand> Remember(CommandId id, long version)
    {
        // A command of several events is remembered once, with the version after its last.
        if (Obeyed.Length > 0 && Obeyed[^1].Id == id)
            return Obeyed.SetItem(Obeyed.Length - 1, new ObeyedCommand(id, version));
        var kept = Obeyed.Length >= RememberedCommands ? Obeyed.RemoveAt(0) : Obeyed;
        return kept.Add(new ObeyedCommand(id, version));
    }
}
