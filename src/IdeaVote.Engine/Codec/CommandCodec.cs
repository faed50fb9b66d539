using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Codec;

/// <summary>
/// The form in which commands travel between the processes of a cluster. They are never stored, but during a rolling upgrade two
/// versions speak to each other: a reader refuses what it does not know rather than obey half of it, so readers learn a new
/// field one release before writers use it. Frozen by golden files.
/// </summary>
public static class CommandCodec
{
    private static readonly FrozenDictionary<string, Type> Names = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["create_campaign"] = typeof(CreateCampaign),
        ["change_campaign"] = typeof(ChangeCampaign),
        ["enter_stage"] = typeof(EnterStage),
        ["keep_schedule"] = typeof(KeepSchedule),
        ["announce_results"] = typeof(AnnounceResults),
        ["submit_idea"] = typeof(SubmitIdea),
        ["edit_idea"] = typeof(EditIdea),
        ["set_idea_status"] = typeof(SetIdeaStatus),
        ["merge_idea"] = typeof(MergeIdea),
        ["unmerge_idea"] = typeof(UnmergeIdea),
        ["erase_idea_text"] = typeof(EraseIdeaText),
        ["cast_approval"] = typeof(CastApproval),
        ["cast_rating"] = typeof(CastRating),
        ["cast_investment"] = typeof(CastInvestment),
        ["set_order"] = typeof(SetOrder),
        ["cast_duel"] = typeof(CastDuel),
        ["set_ballot"] = typeof(SetBallot),
        ["describe_voter"] = typeof(DescribeVoter),
        ["follow_merge"] = typeof(FollowMerge),
        ["return_investment"] = typeof(ReturnInvestment),
        ["accept_invitation"] = typeof(AcceptInvitation),
        ["start_thread"] = typeof(StartThread),
        ["post_reply"] = typeof(PostReply),
        ["edit_comment"] = typeof(EditComment),
        ["delete_comment"] = typeof(DeleteComment),
        ["report_comment"] = typeof(ReportComment),
        ["moderate_comment"] = typeof(ModerateComment),
        ["erase_comment_text"] = typeof(EraseCommentText),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> NamesOfTypes = Names.ToFrozenDictionary(static named => named.Value, static named => named.Key);

    private static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>The name of a command's kind, such as <c>cast_rating</c>.</summary>
    public static string NameOf(Command command) => NamesOfTypes.GetValueOrDefault(command.GetType(), "unknown");

    /// <summary>Writes a command, UTF-8.</summary>
    public static byte[] Write(Command command) => JsonSerializer.SerializeToUtf8Bytes(command, Options);

    /// <summary>Reads a command.</summary>
    /// <exception cref="FormatException">The bytes are no command this version knows in full; the message says which.</exception>
    public static Command Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<Command>(utf8, Options) ?? throw new FormatException("The command is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"Not a command this version can read, perhaps of a newer version: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCommands, RequireWhatIsAlwaysWritten } },
        };
        options.Converters.Add(new IdConverter<CampaignId>(id => new CampaignId(id), id => id.Value));
        options.Converters.Add(new IdConverter<IdeaId>(id => new IdeaId(id), id => id.Value));
        options.Converters.Add(new IdConverter<VoterId>(id => new VoterId(id), id => id.Value));
        options.Converters.Add(new IdConverter<CommentId>(id => new CommentId(id), id => id.Value));
        options.Converters.Add(new IdConverter<TermId>(id => new TermId(id), id => id.Value));
        options.Converters.Add(new IdConverter<TextId>(id => new TextId(id), id => id.Value));
        options.Converters.Add(new IdConverter<CommandId>(id => new CommandId(id), id => id.Value));
        options.Converters.Add(new IdConverter<ActorId>(id => new ActorId(id), id => id.Value));
        options.Converters.Add(new ScoresConverter());
        options.Converters.Add(new InstantConverter());
        options.MakeReadOnly();
        return options;
    }

    // The domain knows no serializer, so the names are given from here.
    private static void NameCommands(JsonTypeInfo type)
    {
        if (type.Type == typeof(Command))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "command" };
            foreach (var (name, command) in Names)
                type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(command, name));
        }
    }

    private static void RequireWhatIsAlwaysWritten(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            // What follows from the rest is not written.
            if (property.Set is null && property.AssociatedParameter is null)
                type.Properties.RemoveAt(i);
            else if (property is { AssociatedParameter: not null, Set: not null })
                property.IsRequired = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is null : !property.IsGetNullable;
        }
    }

    private sealed class IdConverter<T>(Func<Id, T> make, Func<T, Id> take) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && Id.TryParse(reader.ValueSpan, out var id)
                ? make(id)
                : throw new JsonException("not an id");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[Id.Length];
            take(value).Format(text);
            writer.WriteStringValue(text);
        }
    }

    private sealed class ScoresConverter : JsonConverter<Scores>
    {
        public override Scores Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Scores.FromPacked(reader.GetUInt64());

        public override void Write(Utf8JsonWriter writer, Scores value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToPacked());
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.UnixMilliseconds);
    }
}
