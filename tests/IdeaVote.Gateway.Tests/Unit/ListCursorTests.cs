using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Ideas;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class ListCursorTests
{
    private static readonly CampaignId Campaign = new(Id.FromBytes(SHA256.HashData("campaign"u8)));

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(ulong.MaxValue, int.MaxValue)]
    [InlineData(0x0123456789abcdefUL, 4711)]
    public void A_cursor_comes_back_as_it_was_written(ulong filters, int place)
    {
        ListCursor[] cursors = [new(filters, null, place), new(filters, Id.FromBytes(SHA256.HashData("order"u8)), place)];

        foreach (var cursor in cursors)
        {
            var text = cursor.ToString();
            text.ShouldMatch("^[A-Za-z0-9_-]+$");
            ListCursor.TryParse(text, out var read).ShouldBeTrue();
            read.ShouldBe(cursor);
        }
    }

    [Fact]
    public void Cut_or_changed_a_cursor_is_refused_or_at_least_harmless()
    {
        var text = new ListCursor(1, Id.FromBytes(SHA256.HashData("order"u8)), 20).ToString();

        for (var length = 0; length < text.Length; length++)
            if (ListCursor.TryParse(text[..length], out var cut))
                cut.Place.ShouldBeGreaterThanOrEqualTo(0);
        for (var place = 0; place < text.Length; place++)
            foreach (var other in "Az09-_=%/\0é")
                if (ListCursor.TryParse(string.Concat(text.AsSpan(0, place), other.ToString(), text.AsSpan(place + 1)), out var changed))
                    changed.Place.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAA_____w")]
    [InlineData("AwAAAAAAAAAAAAAAAA")]
    [InlineData("not a cursor at all, and rather long for one as well, is it not? yes")]
    public void What_is_no_cursor_is_refused(string text) => ListCursor.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Lists_that_differ_in_anything_have_different_numbers()
    {
        var other = new CampaignId(Id.FromBytes(SHA256.HashData("other"u8)));
        ulong[] numbers =
        [
            ListCursor.FiltersOf(Campaign, "a", null, "newest"),
            ListCursor.FiltersOf(other, "a", null, "newest"),
            ListCursor.FiltersOf(Campaign, null, "a", "newest"),
            ListCursor.FiltersOf(Campaign, "a", "", "newest"),
            ListCursor.FiltersOf(Campaign, "a", null, "oldest"),
            ListCursor.FiltersOf(Campaign, "an", null, "ewest"),
        ];

        numbers.ShouldBeUnique();
        ListCursor.FiltersOf(Campaign, "a", null, "newest").ShouldBe(numbers[0]);
    }
}
