using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ballots;

/// <content>The sections of a ballot: one for each voting method.</content>
internal sealed partial class BallotParser
{
    private Refusal? ReadApprovals(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return InputRefusals.Invalid("approve", "\"approve\" is a list of ideas.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                return InputRefusals.Invalid("approve", "\"approve\" is a list of ideas, each named by its id or as \"ref:<reference>\".");
            if (ReadIdea(ref reader, "approve", out var idea) is { } refusal)
                return refusal;
            approvals.Add(idea);
        }
        return null;
    }

    private Refusal? ReadRatings(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return InputRefusals.Invalid("rate", "\"rate\" is an object of ideas and their scores.");
        named.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadIdeaOnce(ref reader, "rate", out var idea) is { } refusal)
                return refusal;
            reader.Read();
            if (ScoresReader.Read(ref reader, criteria, out var scores) is { } wrong)
                return wrong;
            ratings.Add(new KeyValuePair<IdeaId, Scores>(idea, scores));
        }
        return null;
    }

    private Refusal? ReadInvestments(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return InputRefusals.Invalid("invest", "\"invest\" is an object of ideas and their credits.");
        named.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadIdeaOnce(ref reader, "invest", out var idea) is { } refusal)
                return refusal;
            reader.Read();
            if (VoteBodies.ReadCredits(ref reader, out var credits) is { } wrong)
                return wrong;
            investments.Add(new KeyValuePair<IdeaId, int>(idea, credits));
        }
        return null;
    }

    private Refusal? ReadOrder(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return InputRefusals.Invalid("rank", "\"rank\" is a list of ideas, the best first.");
        named.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                return InputRefusals.Invalid("rank", "\"rank\" is a list of ideas, each named by its id or as \"ref:<reference>\", the best first.");
            if (ReadIdeaOnce(ref reader, "rank", out var idea) is { } refusal)
                return refusal;
            order.Add(idea);
        }
        return null;
    }

    private Refusal? ReadDuels(ref Utf8JsonReader reader)
    {
        const string Form = "\"duel\" is a list of pairs, each a list of two ideas: first the better, then the other.";
        if (reader.TokenType != JsonTokenType.StartArray)
            return InputRefusals.Invalid("duel", Form);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.String)
                return InputRefusals.Invalid("duel", Form);
            if (ReadIdea(ref reader, "duel", out var better) is { } wrong)
                return wrong;
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                return InputRefusals.Invalid("duel", Form);
            if (ReadIdea(ref reader, "duel", out var worse) is { } refusal)
                return refusal;
            if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
                return InputRefusals.Invalid("duel", Form);
            duels.Add(new DuelVote(better, worse));
        }
        return null;
    }

    private Refusal? ReadIdeaOnce(ref Utf8JsonReader reader, string field, out IdeaId idea)
    {
        if (ReadIdea(ref reader, field, out idea) is { } refusal)
            return refusal;
        return named.Add(idea) ? null : InputRefusals.Twice($"{field}.{InputRefusals.Shown(ref reader)}");
    }

    private Refusal? ReadIdea(ref Utf8JsonReader reader, string field, out IdeaId idea)
    {
        idea = default;
        if (approvals.Count + ratings.Count + investments.Count + order.Count + duels.Count >= Ballot.MaxVotes)
            return new Refusal(RefusalCode.BallotFull, $"A ballot holds at most {Ballot.MaxVotes} votes.", field);
        return names.TryResolve(JsonTexts.Utf8(ref reader, ref scratch), out idea)
            ? null
            : new Refusal(
                RefusalCode.IdeaNotFound,
                $"\"{InputRefusals.Shown(ref reader)}\" names no idea; name it by its id or as \"ref:<reference>\".",
                field);
    }

    private SetBallot TakeVotes() => new(Copy(approvals), Copy(ratings), Copy(investments))
    {
        Order = order.Count == 0 ? null : Copy(order),
        Duels = duels.Count == 0 ? null : Copy(duels),
    };

    private static ImmutableArray<T> Copy<T>(List<T> list) =>
        list.Count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(list.ToArray());
}
