using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

public sealed class PackedRecordsTests
{
    [Fact]
    public void The_form_is_frozen()
    {
        var stream = StreamId.Of(
            new CampaignId(Id.Parse("00000000000000000001")), new VoterId(Id.Parse("zzzzzzzzzzzzzzzzzzzz")));
        JournalRecord[] records = [new(stream, 2, new byte[] { 0xAB }, new byte[] { 1, 2, 3 }), new(stream, 0x0102_0304_0506_0708, Array.Empty<byte>(), Array.Empty<byte>())];
        var bytes = PackedRecords.Write(records);
        Convert.ToHexString(bytes.Span).ShouldBe(
            "01"
            + "03" + "00000000000000000000000010" + "FFFFFFFFFFFFFFFFFFFFFFFFF0" + "0000000000000002" + "03" + "00000001" + "010203" + "AB"
            + "03" + "00000000000000000000000010" + "FFFFFFFFFFFFFFFFFFFFFFFFF0" + "0102030405060708" + "00" + "00000000");
        bytes.Length.ShouldBe((int)(PackedRecords.SizeOfNone + PackedRecords.SizeOf(records[0]) + PackedRecords.SizeOf(records[1])));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var records = new Records(2);
        var written = records.Votes(records.Campaign(), 50);
        var read = PackedRecords.Read(PackedRecords.Write(written));
        read.Select(record => (record.Stream, record.Version, Convert.ToHexString(record.Body.Span), Convert.ToHexString(record.Hash.Span)))
            .ShouldBe(written.Select(record => (record.Stream, record.Version, Convert.ToHexString(record.Body.Span), Convert.ToHexString(record.Hash.Span))));
    }

    [Fact]
    public void A_form_of_a_newer_program_is_not_guessed_at() =>
        Should.Throw<JournalException>(() => PackedRecords.Read(new byte[] { 2, 0, 0 })).Message.ShouldContain("newer version");
}
