using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Codec;

/// <summary>
/// Writes events in their frozen form: one JSON object without white space, its fields always in the same order, null
/// fields left out. Written by hand, so that no rename in the domain can change a byte on disk. Votes, of which there are
/// millions, are written by <see cref="VoteWriter"/>. Not safe for concurrent use.
/// </summary>
public sealed partial class EventWriter : IDisposable
{
    // Everything written is ASCII of our own making: ids, names, numbers.
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes one event to <paramref name="output"/>.</summary>
    public void Write(IBufferWriter<byte> output, RecordedEvent recorded)
    {
        if (recorded.Event is VoteEvent vote)
        {
            VoteWriter.Write(output, recorded, vote);
            return;
        }
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("e"u8, EventNames.ByType[recorded.Event.GetType()]);
        json.WriteNumber("t"u8, recorded.At.UnixMilliseconds);
        Write("c"u8, recorded.Stream.Campaign.Value);
        json.WriteString("s"u8, recorded.Stream.Kind switch
        {
            AggregateKind.Campaign => "campaign"u8,
            AggregateKind.Idea => "idea"u8,
            AggregateKind.Thread => "thread"u8,
            _ => "voter"u8,
        });
        if (recorded.Stream.Kind != AggregateKind.Campaign)
            Write("k"u8, recorded.Stream.Key);
        json.WriteNumber("v"u8, recorded.Version);
        WriteBody(recorded);
        Write("command"u8, recorded.Command?.Value);
        Write("by"u8, recorded.Actor?.Value);
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    /// <summary>Writes rules alone, in the form that events have them in: <c>{"rules":{…}}</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rules">The rules.</param>
    public void Write(IBufferWriter<byte> output, Rules rules)
    {
        json.Reset(output);
        json.WriteStartObject();
        Write("rules"u8, rules);
        json.WriteEndObject();
        json.Flush();
    }

    private void WriteBody(RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case OrderChanged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                Write("segment"u8, e.Segment?.Value);
                if (e.First != recorded.At)
                    json.WriteNumber("first"u8, e.First.UnixMilliseconds);
                json.WriteNumber("held"u8, e.Held);
                break;
            case SegmentChanged e:
                Write("old"u8, e.Old?.Value);
                Write("new"u8, e.New?.Value);
                break;
            case AttributesChanged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case VotesMerged e:
                Write("from"u8, e.From.Value);
                Write("into"u8, e.Into.Value);
                json.WriteNumber("cause"u8, e.Cause);
                json.WriteNumber("credits"u8, e.Credits);
                json.WriteNumber("changes"u8, e.Changes);
                break;
            case VotesUnmerged e:
                Write("from"u8, e.From.Value);
                Write("root"u8, e.Root.Value);
                json.WriteNumber("cause"u8, e.Cause);
                json.WriteNumber("credits"u8, e.Credits);
                json.WriteNumber("rest"u8, e.Rest);
                json.WriteNumber("changes"u8, e.Changes);
                break;
            case VoterInvited e:
                Write("inviter"u8, e.By.Value);
                Write("idea"u8, e.Idea?.Value);
                break;
            case CampaignCreated e:
                Write("text"u8, e.Text);
                json.WriteNumber("preset"u8, (int)e.Preset);
                Write("rules"u8, e.Rules);
                Write("stages"u8, e.Stages);
                break;
            case CampaignDescribed e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case RulesChanged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case ScheduleChanged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case StageEntered e:
                json.WriteNumber("old"u8, e.Old);
                json.WriteNumber("new"u8, e.New);
                json.WriteNumber("since"u8, e.Since.UnixMilliseconds);
                json.WriteBoolean("scheduled"u8, e.Scheduled);
                break;
            case ResultsAnnounced e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case IdeaSubmitted e:
                Write("text"u8, e.Text);
                Write("tags"u8, e.Tags);
                Write("cost"u8, e.Cost);
                json.WriteStartArray("authors"u8);
                foreach (var author in e.Authors)
                    WriteValue(author.Value);
                json.WriteEndArray();
                json.WriteNumber("status"u8, (int)e.Status);
                Write("buildsOn"u8, e.BuildsOn?.Value);
                break;
            case IdeaEdited e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case IdeaRetagged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case IdeaCostChanged e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case IdeaStatusChanged e:
                json.WriteNumber("old"u8, (int)e.Old);
                json.WriteNumber("new"u8, (int)e.New);
                Write("answer"u8, e.Answer);
                Write("into"u8, e.Into?.Value);
                break;
            case IdeaTextErased e:
                Write("text"u8, e.Text.Value);
                break;
            case CommentEvent e:
                WriteBody(e);
                break;
            default:
                throw new InvalidOperationException($"{recorded.Event.GetType().Name} has no written form.");
        }
    }

    private void WriteBody(CommentEvent comment)
    {
        Write("comment"u8, comment.Comment.Value);
        Write("idea"u8, comment.Idea.Value);
        switch (comment)
        {
            case CommentPosted e:
                Write("author"u8, e.Author?.Value);
                Write("text"u8, e.Text);
                Write("replyTo"u8, e.ReplyTo?.Value);
                break;
            case CommentEdited e:
                Write("old"u8, e.Old);
                Write("new"u8, e.New);
                break;
            case CommentDeleted e:
                json.WriteNumber("change"u8, e.Change);
                break;
            case CommentReported e:
                Write("reporter"u8, e.By.Value);
                Write("old"u8, (int?)e.Old);
                json.WriteNumber("new"u8, (int)e.New);
                break;
            case CommentHidden e:
                Write("old"u8, (int?)e.Old);
                json.WriteNumber("new"u8, (int)e.New);
                json.WriteNumber("change"u8, e.Change);
                break;
            case CommentShown e:
                Write("old"u8, (int?)e.Old);
                json.WriteNumber("change"u8, e.Change);
                break;
            case CommentTextErased e:
                Write("text"u8, e.Text.Value);
                json.WriteNumber("change"u8, e.Change);
                break;
            default:
                throw new InvalidOperationException($"{comment.GetType().Name} has no written form.");
        }
    }
}
