using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Engine.Codec;

/// <content>The values that events are made of.</content>
public sealed partial class EventWriter
{
    private void Write(ReadOnlySpan<byte> name, Id? id)
    {
        if (id is not { } value)
            return;
        json.WritePropertyName(name);
        WriteValue(value);
    }

    private void WriteValue(Id id)
    {
        Span<byte> text = stackalloc byte[Id.Length];
        id.Format(text);
        json.WriteStringValue(text);
    }

    private void Write(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private void Write(ReadOnlySpan<byte> name, TextRef? text)
    {
        if (text is null)
            return;
        json.WriteStartObject(name);
        Write("id"u8, text.Id.Value);
        json.WriteString("hash"u8, text.Hash);
        json.WriteEndObject();
    }

    private void Write(ReadOnlySpan<byte> name, ImmutableArray<TermId> terms)
    {
        json.WriteStartArray(name);
        foreach (var term in terms)
            WriteValue(term.Value);
        json.WriteEndArray();
    }

    private void Write(ReadOnlySpan<byte> name, ImmutableArray<IdeaId> ideas)
    {
        json.WriteStartArray(name);
        foreach (var idea in ideas)
            WriteValue(idea.Value);
        json.WriteEndArray();
    }

    private void Write(ReadOnlySpan<byte> name, Announcement? results)
    {
        if (results is null)
            return;
        json.WriteStartObject(name);
        Write("text"u8, results.Text);
        json.WriteString("by"u8, RankByNames.Of(results.By));
        Write("chosen"u8, results.Chosen);
        json.WriteEndObject();
    }

    private void Write(ReadOnlySpan<byte> name, ImmutableArray<Stage> stages)
    {
        json.WriteStartArray(name);
        foreach (var stage in stages)
        {
            json.WriteStartObject();
            json.WriteNumber("allows"u8, (int)stage.Allows);
            if (stage.Starts is { } starts)
                json.WriteNumber("starts"u8, starts.UnixMilliseconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(ReadOnlySpan<byte> name, Rules rules)
    {
        json.WriteStartObject(name);
        if (rules.Approve is { } approve)
        {
            json.WriteStartObject("approve"u8);
            Write("max"u8, approve.Max);
            json.WriteEndObject();
        }
        if (rules.Rate is { } rate)
        {
            json.WriteStartArray("rate"u8);
            foreach (var weight in rate.Weights)
                json.WriteNumberValue(weight);
            json.WriteEndArray();
        }
        if (rules.Invest is { } invest)
        {
            json.WriteStartObject("invest"u8);
            json.WriteNumber("budget"u8, invest.BudgetCredits);
            Write("min"u8, invest.MinCredits);
            Write("max"u8, invest.MaxCredits);
            Write("cost"u8, (int?)invest.Cost);
            json.WriteEndObject();
        }
        json.WriteBoolean("change"u8, rules.VotesCanChange);
        json.WriteBoolean("hidden"u8, rules.ScoresHidden);
        Write("fund"u8, rules.Fund);
        json.WriteNumber("who"u8, (int)rules.Who);
        Write("domains"u8, rules.Domains);
        json.WriteBoolean("moderated"u8, rules.Moderated);
        Write("rank"u8, rules.Rank?.MaxLength);
        if (rules.Duel is not null)
            json.WriteBoolean("duel"u8, true);
        if (rules.Ranking is { } ranking)
        {
            json.WriteStartObject("ranking"u8);
            Write("halfLife"u8, ranking.HalfLifeHours);
            Write("priorWeight"u8, ranking.PriorWeight);
            Write("priorMean"u8, ranking.PriorMean);
            json.WriteEndObject();
        }
        if (rules.Publication is not null)
            json.WriteBoolean("publish"u8, true);
        json.WriteEndObject();
    }

    private void Write(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }
}
