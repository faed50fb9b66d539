using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Codec;

/// <summary>
/// Reads events from their frozen form. Votes, of which there are millions, are read in one pass by <see cref="VoteReader"/>;
/// the rest through a document.
/// </summary>
public static class EventReader
{
    /// <summary>Reads one event.</summary>
    /// <exception cref="FormatException">The bytes are no event this version knows; the message says which.</exception>
    public static RecordedEvent Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return VoteReader.TryRead(utf8) ?? ReadOther(utf8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException or FormatException)
        {
            throw new FormatException($"Not an event this version can read ({e.Message}): {Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 200)])}", e);
        }
    }

    /// <summary>Reads rules that <see cref="EventWriter"/> wrote alone.</summary>
    /// <exception cref="FormatException">They are none that this version knows.</exception>
    public static Rules ReadRules(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            return Rules(JsonElement.ParseValue(ref reader).GetProperty("rules"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw new FormatException($"Not rules this version can read ({e.Message}).", e);
        }
    }

    private static RecordedEvent ReadOther(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var json = JsonElement.ParseValue(ref reader);
        if (reader.Read())
            throw new FormatException("something follows the event");
        var campaign = new CampaignId(Id(json, "c"));
        var stream = json.GetProperty("s").GetString() switch
        {
            "campaign" => StreamId.Of(campaign),
            "idea" => StreamId.Of(campaign, new IdeaId(Id(json, "k"))),
            "voter" => StreamId.Of(campaign, new VoterId(Id(json, "k"))),
            "thread" => StreamId.Of(campaign, new ThreadId(Id(json, "k"))),
            var other => throw new FormatException($"unknown kind of stream '{other}'"),
        };
        return new RecordedEvent(
            stream,
            json.GetProperty("v").GetInt64(),
            new Instant(json.GetProperty("t").GetInt64()),
            Body(json, json.GetProperty("e").GetString()),
            MaybeId(json, "command") is { } command ? new CommandId(command) : null,
            MaybeId(json, "by") is { } actor ? new ActorId(actor) : null);
    }

    private static Event Body(JsonElement json, string? name) => name switch
    {
        "campaign_created" => new CampaignCreated(
            Text(json, "text"), (Preset)json.GetProperty("preset").GetByte(), Rules(json.GetProperty("rules")), Stages(json, "stages")),
        "campaign_described" => new CampaignDescribed(Text(json, "old"), Text(json, "new")),
        "rules_changed" => new RulesChanged(Rules(json.GetProperty("old")), Rules(json.GetProperty("new"))),
        "schedule_changed" => new ScheduleChanged(Stages(json, "old"), Stages(json, "new")),
        "stage_entered" => new StageEntered(
            json.GetProperty("old").GetInt32(), json.GetProperty("new").GetInt32(),
            new Instant(json.GetProperty("since").GetInt64()), json.GetProperty("scheduled").GetBoolean()),
        "results_announced" => new ResultsAnnounced(
            json.TryGetProperty("old", out var before) ? Results(before) : null, Results(json.GetProperty("new"))),
        "idea_submitted" => new IdeaSubmitted(
            Text(json, "text"), Terms(json, "tags"), Decimal(json, "cost"),
            [.. json.GetProperty("authors").EnumerateArray().Select(a => new VoterId(Domain.Kernel.Id.Parse(a.GetString())))],
            (IdeaStatus)json.GetProperty("status").GetByte(),
            MaybeId(json, "buildsOn") is { } original ? new IdeaId(original) : null),
        "idea_edited" => new IdeaEdited(Text(json, "old"), Text(json, "new")),
        "idea_retagged" => new IdeaRetagged(Terms(json, "old"), Terms(json, "new")),
        "idea_cost_changed" => new IdeaCostChanged(Decimal(json, "old"), Decimal(json, "new")),
        "idea_status_changed" => new IdeaStatusChanged(
            (IdeaStatus)json.GetProperty("old").GetByte(), (IdeaStatus)json.GetProperty("new").GetByte(), MaybeText(json, "answer"))
        {
            Into = MaybeId(json, "into") is { } into ? new IdeaId(into) : null,
        },
        "idea_text_erased" => new IdeaTextErased(new TextId(Id(json, "text"))),
        "order_changed" => new OrderChanged(
            Ideas(json, "old"), Ideas(json, "new"), MaybeTerm(json, "segment"),
            new Instant(json.GetProperty(json.TryGetProperty("first", out _) ? "first" : "t").GetInt64()), json.GetProperty("held").GetInt32()),
        "segment_changed" => new SegmentChanged(MaybeTerm(json, "old"), MaybeTerm(json, "new")),
        "attributes_changed" => new AttributesChanged(MaybeText(json, "old"), MaybeText(json, "new")),
        "votes_merged" => new VotesMerged(
            new IdeaId(Id(json, "from")), new IdeaId(Id(json, "into")), json.GetProperty("cause").GetInt64(),
            json.GetProperty("credits").GetInt32(), json.GetProperty("changes").GetInt32()),
        "votes_unmerged" => new VotesUnmerged(
            new IdeaId(Id(json, "from")), new IdeaId(Id(json, "root")), json.GetProperty("cause").GetInt64(),
            json.GetProperty("credits").GetInt32(), json.GetProperty("rest").GetInt32(), json.GetProperty("changes").GetInt32()),
        "voter_invited" => new VoterInvited(new VoterId(Id(json, "inviter")), MaybeId(json, "idea") is { } shown ? new IdeaId(shown) : null),
        "comment_posted" or "comment_edited" or "comment_deleted" or "comment_reported" or "comment_hidden" or "comment_shown" or "comment_text_erased" =>
            OfComment(json, name, new CommentId(Id(json, "comment")), new IdeaId(Id(json, "idea"))),
        _ => throw new FormatException($"unknown event '{name}', perhaps of a newer version"),
    };

    private static CommentEvent OfComment(JsonElement json, string? name, CommentId comment, IdeaId idea) => name switch
    {
        "comment_posted" => new CommentPosted(
            comment, idea, MaybeId(json, "author") is { } author ? new VoterId(author) : null, Text(json, "text"),
            MaybeId(json, "replyTo") is { } answered ? new CommentId(answered) : null),
        "comment_edited" => new CommentEdited(comment, idea, Text(json, "old"), Text(json, "new")),
        "comment_deleted" => new CommentDeleted(comment, idea, json.GetProperty("change").GetInt32()),
        "comment_reported" => new CommentReported(
            comment, idea, new VoterId(Id(json, "reporter")), (Concern?)Int(json, "old"), (Concern)json.GetProperty("new").GetByte()),
        "comment_hidden" => new CommentHidden(
            comment, idea, (Concern?)Int(json, "old"), (Concern)json.GetProperty("new").GetByte(), json.GetProperty("change").GetInt32()),
        "comment_shown" => new CommentShown(comment, idea, (Concern?)Int(json, "old"), json.GetProperty("change").GetInt32()),
        _ => new CommentTextErased(comment, idea, new TextId(Id(json, "text")), json.GetProperty("change").GetInt32()),
    };

    private static Announcement Results(JsonElement json) => new(
        Text(json, "text"),
        RankByNames.TryParse(json.GetProperty("by").GetString(), out var by) ? by : throw new FormatException("there is no such ranking"),
        Ideas(json, "chosen"));

    private static Rules Rules(JsonElement json) => new(
        json.TryGetProperty("approve", out var approve) ? new ApproveRule(Int(approve, "max")) : null,
        json.TryGetProperty("rate", out var rate) ? new RateRule([.. rate.EnumerateArray().Select(w => w.GetDecimal())]) : null,
        json.TryGetProperty("invest", out var invest)
            ? new InvestRule(invest.GetProperty("budget").GetInt32(), Int(invest, "min"), Int(invest, "max")) { Cost = (CreditCost?)Int(invest, "cost") }
            : null,
        json.GetProperty("change").GetBoolean(),
        json.GetProperty("hidden").GetBoolean(),
        Decimal(json, "fund"),
        (WhoMayVote)json.GetProperty("who").GetByte(),
        Terms(json, "domains"),
        json.GetProperty("moderated").GetBoolean())
    {
        Rank = Int(json, "rank") is { } length ? new RankRule(length) : null,
        Duel = json.TryGetProperty("duel", out _) ? new DuelRule() : null,
        Ranking = json.TryGetProperty("ranking", out var ranking)
            ? new RankingRule(Int(ranking, "halfLife"), Decimal(ranking, "priorWeight"), Decimal(ranking, "priorMean"))
            : null,
        Publication = json.TryGetProperty("publish", out _) ? new PublicationRule() : null,
    };

    private static ImmutableArray<Stage> Stages(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(stage => new Stage(
            (Allows)stage.GetProperty("allows").GetByte(),
            stage.TryGetProperty("starts", out var starts) ? new Instant(starts.GetInt64()) : null))];

    private static ImmutableArray<TermId> Terms(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(term => new TermId(Domain.Kernel.Id.Parse(term.GetString())))];

    private static ImmutableArray<IdeaId> Ideas(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(idea => new IdeaId(Domain.Kernel.Id.Parse(idea.GetString())))];

    private static TextRef Text(JsonElement json, string name) =>
        MaybeText(json, name) ?? throw new FormatException($"'{name}' is missing");

    private static TextRef? MaybeText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text)
            ? new TextRef(new TextId(Id(text, "id")), text.GetProperty("hash").GetString() ?? throw new FormatException("'hash' is null"))
            : null;

    private static TermId? MaybeTerm(JsonElement json, string name) => MaybeId(json, name) is { } id ? new TermId(id) : null;

    private static Id Id(JsonElement json, string name) => Domain.Kernel.Id.Parse(json.GetProperty(name).GetString());

    private static Id? MaybeId(JsonElement json, string name) =>
        json.TryGetProperty(name, out var id) ? Domain.Kernel.Id.Parse(id.GetString()) : null;

    private static decimal? Decimal(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetDecimal() : null;

    private static int? Int(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
