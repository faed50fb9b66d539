using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Kernel;

public sealed class IdTests
{
    private static readonly Arbitrary<Id> Ids = Gen.Choose(0, 255).ArrayOf(13)
        .Select(bytes => Id.FromBytes(Array.ConvertAll(bytes, b => (byte)b))).ToArbitrary();

    private static readonly Arbitrary<Id[]> Pairs = Ids.Generator.Two()
        .SelectMany(pair => Gen.Elements<Id[]>([pair.Item1, pair.Item2], [pair.Item1, pair.Item1])).ToArbitrary();

    [Fact]
    public void The_written_form_is_read_back() =>
        Prop.ForAll(Ids, id =>
        {
            var text = id.ToString();
            text.Length.ShouldBe(Id.Length);
            text.All(c => "0123456789abcdefghjkmnpqrstvwxyz".Contains(c, StringComparison.Ordinal)).ShouldBeTrue();
            Id.Parse(text).ShouldBe(id);
            Id.TryParse(Encoding.UTF8.GetBytes(text), out var read).ShouldBeTrue();
            read.ShouldBe(id);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_binary_form_is_read_back() =>
        Prop.ForAll(Ids, id => Id.FromBytes(Bytes(id)) == id).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_their_bytes_and_their_texts_sort_alike() =>
        Prop.ForAll(Pairs, pair =>
        {
            var order = Math.Sign(pair[0].CompareTo(pair[1]));
            Math.Sign(Bytes(pair[0]).AsSpan().SequenceCompareTo(Bytes(pair[1]))).ShouldBe(order);
            Math.Sign(string.CompareOrdinal(pair[0].ToString(), pair[1].ToString())).ShouldBe(order);
            (pair[0] == pair[1]).ShouldBe(order == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_written_form_is_frozen()
    {
        default(Id).ToString().ShouldBe("00000000000000000000");
        Id.FromBytes([.. Enumerable.Repeat((byte)255, 13)]).ToString().ShouldBe("zzzzzzzzzzzzzzzzzzzz");
        Id.FromBytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]).ToString().ShouldBe("041061050r3gg28a1c60");
    }

    [Fact]
    public void An_id_is_the_first_hundred_bits()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xD0];

        Id.FromBytes([.. bytes[..12], 0xDF]).ShouldBe(Id.FromBytes(bytes));
        Id.FromBytes([.. bytes, 99]).ShouldBe(Id.FromBytes(bytes));
        Id.FromBytes([.. bytes[..12], 0xE0]).ShouldNotBe(Id.FromBytes(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000")]
    [InlineData("000000000000000000000")]
    [InlineData("0000000000000000000I")]
    [InlineData("0000000000000000000A")]
    [InlineData("i0000000000000000000")]
    [InlineData("000000000l0000000000")]
    [InlineData("0000000000o000000000")]
    [InlineData("0000000000000000000u")]
    [InlineData("0000000000000000000 ")]
    [InlineData("0000000000000000000é")]
    [InlineData("0000000000000000000\0")]
    public void Nothing_else_is_an_id(string text)
    {
        Id.TryParse(text.AsSpan(), out var fromChars).ShouldBeFalse();
        fromChars.ShouldBe(default);
        Id.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes).ShouldBeFalse();
        fromBytes.ShouldBe(default);
        Should.Throw<FormatException>(() => Id.Parse(text));
    }

    [Fact]
    public void Nothing_is_not_an_id_and_too_few_bytes_make_none()
    {
        Should.Throw<FormatException>(() => Id.Parse(null));
        Should.Throw<ArgumentException>(() => Id.FromBytes(new byte[12]));
    }

    [Fact]
    public void Twenty_bytes_of_any_kind_never_do_more_than_not_be_an_id() =>
        Prop.ForAll(Gen.Choose(0, 255).ArrayOf(Id.Length).ToArbitrary(), bytes =>
        {
            var utf8 = Array.ConvertAll(bytes, b => (byte)b);
            if (Id.TryParse(utf8, out var id))
                id.ToString().ShouldBe(Encoding.UTF8.GetString(utf8));
        }).QuickCheckThrowOnFailure();

    private static byte[] Bytes(Id id)
    {
        var bytes = new byte[Id.ByteLength];
        id.WriteBytes(bytes);
        return bytes;
    }
}
