using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Ideas;

/// <summary>An idea to submit.</summary>
/// <param name="Title">Its title, 1 to 200 characters.</param>
/// <param name="Body">Its body, Markdown, at most 20,000 characters.</param>
/// <param name="Tags">At most 20 tags of at most 50 characters.</param>
/// <param name="Cost">What it would cost, in the campaign's unit; null if unknown.</param>
/// <param name="Reference">What the caller calls it, at most 200 characters; unique in the campaign.</param>
/// <param name="BuildsOn">The idea of this campaign that it takes further: its id, or <c>ref:</c> and its reference; null for none.</param>
internal sealed record NewIdeaBody(
    string Title, string? Body = null, IReadOnlyList<string>? Tags = null, decimal? Cost = null, string? Reference = null, string? BuildsOn = null);

/// <summary>A change of an idea. What is absent stays.</summary>
internal sealed class IdeaChangeBody
{
    /// <summary>The new title.</summary>
    public string? Title { get; set => (field, HasTitle) = (value, true); }

    /// <summary>The new body.</summary>
    public string? Body { get; set => (field, HasBody) = (value, true); }

    /// <summary>The new tags, whole; null for none.</summary>
    public IReadOnlyList<string>? Tags { get; set => (field, HasTags) = (value, true); }

    /// <summary>The new cost; null for unknown.</summary>
    public decimal? Cost { get; set => (field, HasCost) = (value, true); }

    /// <summary>Whether the title is there.</summary>
    internal bool HasTitle { get; private set; }

    /// <summary>Whether the body is there.</summary>
    internal bool HasBody { get; private set; }

    /// <summary>Whether the tags are there.</summary>
    internal bool HasTags { get; private set; }

    /// <summary>Whether the cost is there.</summary>
    internal bool HasCost { get; private set; }
}

/// <summary>A new status of an idea, and an answer to those who voted for it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Answer">The team's answer, Markdown, at most 20,000 characters.</param>
internal sealed record StatusBody(string Status, string? Answer = null);

/// <summary>An idea to become part of.</summary>
/// <param name="Into">Its id, or <c>ref:</c> and its reference.</param>
/// <param name="Answer">The team's answer to those who voted, Markdown, at most 20,000 characters.</param>
internal sealed record MergeBody(string Into, string? Answer = null);

/// <summary>An idea.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Body">Its body, Markdown; null if the text was erased.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Cost">What it would cost, in the campaign's unit; null if unknown.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Status">Its status.</param>
/// <param name="Answer">The team's answer; null for none.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Tally">Its counts; null while scores are hidden.</param>
/// <param name="Revisions">The newest 100 texts it has had, oldest first; only where one idea is read.</param>
/// <param name="Statuses">The newest 100 statuses it has had, oldest first; only where one idea is read.</param>
internal sealed record IdeaBody(
    string Id, string Campaign, string? Title, string? Body, IReadOnlyList<string> Tags, decimal? Cost, string? Reference,
    string Status, string? Answer, DateTimeOffset SubmittedAt, TallyBody? Tally,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RevisionBody>? Revisions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<StatusEntryBody>? Statuses = null)
{
    /// <summary>The id of the idea it is part of; absent if it stands for itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MergedInto { get; init; }

    /// <summary>The ids of the ideas that are part of it; absent for none, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Merged { get; init; }

    /// <summary>The id of the idea that it takes further; absent if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BuildsOn { get; init; }

    /// <summary>The ids of the newest 20 ideas that take it further, newest first; only where one idea is read, and absent if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Remixes { get; init; }
}

/// <summary>A text an idea has had.</summary>
/// <param name="At">Since when.</param>
/// <param name="Title">The title; null if the text was erased.</param>
/// <param name="Body">The body; null if the text was erased.</param>
internal sealed record RevisionBody(DateTimeOffset At, string? Title, string? Body);

/// <summary>A status an idea has had.</summary>
/// <param name="At">Since when.</param>
/// <param name="Status">The status.</param>
/// <param name="Answer">The team's answer with it; null for none.</param>
internal sealed record StatusEntryBody(DateTimeOffset At, string Status, string? Answer);

/// <summary>One page of ideas.</summary>
/// <param name="Items">The ideas.</param>
/// <param name="Next">Where the list goes on, for <c>cursor=</c>; null at its end.</param>
internal sealed record IdeaPage(IReadOnlyList<IdeaBody> Items, string? Next);

/// <summary>The bodies of ideas.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth,
    Converters = [typeof(ExactDecimalConverter), typeof(IsoTimeConverter)])]
[JsonSerializable(typeof(NewIdeaBody))]
[JsonSerializable(typeof(IdeaChangeBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(IdeaBody))]
[JsonSerializable(typeof(IdeaPage))]
internal sealed partial class IdeasJson : JsonSerializerContext;
