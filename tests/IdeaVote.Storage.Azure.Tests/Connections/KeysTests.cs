namespace IdeaVote.Storage.Azure.Tests.Connections;

public sealed class KeysTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("campaign-7", "campaign-7")]
    [InlineData("A", "_41")]
    [InlineData("a b", "a_20b")]
    [InlineData("_41", "_5f41")]
    [InlineData("/\\#?\t\u007f'", "_2f_5c_23_3f_09_7f_27")]
    [InlineData("ä", "_c3_a4")]
    [InlineData("~partitions", "_7epartitions")]
    public void A_name_becomes_a_key_that_Azure_takes(string name, string key) => Keys.Name(name).ShouldBe(key);

    [Theory]
    [InlineData(0)]
    [InlineData(401)]
    public void A_name_that_is_too_long_or_none_is_refused(int length) =>
        Should.Throw<ArgumentException>(() => Keys.Name(new string('a', length)));

    [Fact]
    public void Numbers_sort_as_text()
    {
        long[] numbers = [0, 1, 9, 10, 99, 1_000_000, long.MaxValue];
        numbers.Select(Keys.Number).Order(StringComparer.Ordinal).ShouldBe(numbers.Select(Keys.Number));
        Keys.Number(long.MaxValue).Length.ShouldBe(Keys.Number(0).Length);
    }
}
