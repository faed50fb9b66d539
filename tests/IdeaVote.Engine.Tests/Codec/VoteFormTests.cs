using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>Votes are read in one pass by a reader of their own; it must see what a document reader sees.</summary>
public sealed class VoteFormTests
{
    private static readonly Gen<Instant> Moment = Gen.Choose(-5, 5).Select(T);

    private static readonly Gen<Scores> Scores =
        Gen.Choose(0, 5).ArrayOf().Where(stars => stars.Length <= 16).Select(stars => Domain.Voters.Scores.Of(stars));

    private static readonly Gen<TermId?> Segment = Gen.Elements<TermId?>(null, North, South);

    private static readonly Gen<Event> Vote = Gen.OneOf(
        from was in Gen.Elements(true, false)
        from @is in Gen.Elements(true, false)
        from segment in Segment
        from first in Moment
        from held in Gen.Choose(0, 10_000)
        select (Event)new ApprovalChanged(Park, was, @is, segment, first, held),
        from old in Scores
        from @new in Scores
        from segment in Segment
        from first in Moment
        from held in Gen.Choose(0, 10_000)
        select (Event)new RatingChanged(Park, old, @new, segment, first, held),
        from old in Gen.Choose(0, 1_000_000_000)
        from @new in Gen.Choose(0, 1_000_000_000)
        from segment in Segment
        from first in Moment
        from held in Gen.Choose(0, 10_000)
        from cause in Gen.Elements<long?>(null, 1, long.MaxValue)
        select (Event)new InvestmentChanged(Bench, old, @new, segment, first, held, cause),
        from old in Gen.Elements(Enum.GetValues<Winner>())
        from @new in Gen.Elements(Enum.GetValues<Winner>())
        from segment in Segment
        from first in Moment
        from held in Gen.Choose(0, 10_000)
        select (Event)new DuelChanged(Pair.Of(Park, Bench).One, Pair.Of(Park, Bench).Other, old, @new, segment, first, held));

    private static readonly Arbitrary<RecordedEvent> Votes =
        (from vote in Vote
         from version in Gen.Choose(1, int.MaxValue)
         from at in Moment
         from command in Gen.Elements<CommandId?>(null, Attempt(1))
         from actor in Gen.Elements<ActorId?>(null, new ActorId(IdOf("actor")))
         select new RecordedEvent(StreamId.Of(TheCampaign, Ann), version, at, vote, command, actor)).ToArbitrary();

    [Fact]
    public void A_vote_is_read_back_as_it_was() =>
        Prop.ForAll(Votes, vote => EventReader.Read(GoldenFile.Write(vote)).ShouldBe(vote)).QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_what_a_document_reader_sees() =>
        Prop.ForAll(Votes, vote =>
        {
            var bytes = GoldenFile.Write(vote);

            EventReader.Read(bytes).ShouldBe(FromDocument(bytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_fields_after_the_name_does_not_matter() =>
        Prop.ForAll(Votes, vote =>
        {
            using var json = JsonDocument.Parse(GoldenFile.Write(vote));
            var fields = json.RootElement.EnumerateObject().Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}").ToList();
            var turned = $"{{{string.Join(',', fields.Skip(1).Reverse().Prepend(fields[0]))}}}";

            EventReader.Read(System.Text.Encoding.UTF8.GetBytes(turned)).ShouldBe(vote);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_vote_that_lacks_a_field_is_not_read()
    {
        var vote = new RecordedEvent(StreamId.Of(TheCampaign, Ann), 1, T(1), new ApprovalChanged(Park, false, true, null, T(1), 1));
        using var json = JsonDocument.Parse(GoldenFile.Write(vote));
        var fields = json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => $"\"{field.Name}\":{field.Value.GetRawText()}", StringComparer.Ordinal);

        foreach (var name in new[] { "t", "c", "k", "v", "idea", "old", "new", "held" })
        {
            var without = $"{{{string.Join(',', fields.Where(field => field.Key != name).Select(field => field.Value))}}}";
            Should.Throw<FormatException>(() => EventReader.Read(System.Text.Encoding.UTF8.GetBytes(without)), name);
        }
    }

    /// <summary>The same by the plainest means: the definition of the written form.</summary>
    private static RecordedEvent FromDocument(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        var at = new Instant(json.GetProperty("t").GetInt64());
        var idea = new IdeaId(ReadId(json, "idea")!.Value);
        var segment = ReadId(json, "segment") is { } term ? new TermId(term) : (TermId?)null;
        var first = json.TryGetProperty("first", out var given) ? new Instant(given.GetInt64()) : at;
        var held = json.GetProperty("held").GetInt32();
        var (old, @new) = (json.GetProperty("old"), json.GetProperty("new"));
        json.GetProperty("s").GetString().ShouldBe("voter");
        Event e = json.GetProperty("e").GetString() switch
        {
            "approval_changed" => new ApprovalChanged(idea, old.GetBoolean(), @new.GetBoolean(), segment, first, held),
            "rating_changed" => new RatingChanged(idea, ReadScores(old), ReadScores(@new), segment, first, held),
            "duel_changed" => new DuelChanged(
                idea, new IdeaId(ReadId(json, "other")!.Value), (Winner)old.GetByte(), (Winner)@new.GetByte(), segment, first, held),
            _ => new InvestmentChanged(
                idea, old.GetInt32(), @new.GetInt32(), segment, first, held,
                json.TryGetProperty("cause", out var cause) ? cause.GetInt64() : null),
        };
        return new RecordedEvent(
            StreamId.Of(new CampaignId(ReadId(json, "c")!.Value), new VoterId(ReadId(json, "k")!.Value)), json.GetProperty("v").GetInt64(), at, e,
            ReadId(json, "command") is { } command ? new CommandId(command) : null, ReadId(json, "by") is { } by ? new ActorId(by) : null);
    }

    private static Scores ReadScores(JsonElement json) => Domain.Voters.Scores.Of([.. json.EnumerateArray().Select(stars => stars.GetInt32())]);

    private static Id? ReadId(JsonElement json, string name) => json.TryGetProperty(name, out var id) ? Id.Parse(id.GetString()) : null;
}
