using System.Security.Cryptography;
using System.Text;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class NfcTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("anne\u0301", "ann\u00e9")]
    [InlineData("ann\u00e9", "ann\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0041\u030a\u0301", "\u01fa")]
    [InlineData("a\u0301\u0323", "\u1ea1\u0301")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u09c7\u09be", "\u09cb")]
    [InlineData("\ufb01", "\ufb01")]
    [InlineData("\U0001d15e", "\U0001d157\U0001d165")]
    [InlineData("\U00011099\U000110ba", "\U0001109a")]
    [InlineData("\U0002f800", "\u4e3d")]
    [InlineData("😀e\u0301", "😀\u00e9")]
    public void Texts_come_into_their_one_form(string text, string expected) => Nfc.Normalise(text).ShouldBe(expected);

    [Fact]
    public void Text_that_can_only_be_normal_is_not_copied()
    {
        var text = new string("Grüße".AsSpan());

        Nfc.Normalise(text).ShouldBeSameAs(text);
    }

    /// <summary>The hash was made by another implementation of Unicode 14.</summary>
    [Fact]
    public void Every_character_before_an_accent_agrees_with_another_implementation()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var rune = 0; rune < 0x20000; rune++)
            if (Rune.IsValid(rune))
                hash.AppendData(Encoding.UTF8.GetBytes(Nfc.Normalise(char.ConvertFromUtf32(rune) + '\u0301') + '\n'));

        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe("3200ad8fc15f4ff1c065becd07a2f1c2047c9231991de50e0c05d7d366fcc37e");
    }
}
