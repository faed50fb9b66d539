using System.Text.Json;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class ExactNumbersAndTimesTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new ExactDecimalConverter(), new IsoTimeConverter() } };

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("50000.00", "50000")]
    [InlineData("12.5000", "12.5")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("999999999999999.9999", "999999999999999.9999")]
    [InlineData("-1.5", "-1.5")]
    public void Numbers_are_kept_exactly_in_one_form(string json, string written) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<decimal>(json, Options), Options).ShouldBe(written);

    [Theory]
    [InlineData("1e3")]
    [InlineData("1E-30")]
    [InlineData("1e999999999")]
    [InlineData("0.00001")]
    [InlineData("1000000000000000")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    public void Others_are_refused(string json) => Should.Throw<InvalidValueException>(() => JsonSerializer.Deserialize<decimal>(json, Options));

    [Theory]
    [InlineData("2026-09-01T08:00:00Z", "2026-09-01T08:00:00Z")]
    [InlineData("2026-09-01T08:00:00+02:00", "2026-09-01T06:00:00Z")]
    [InlineData("2026-09-01T08:00-05:30", "2026-09-01T13:30:00Z")]
    [InlineData("2026-09-01T08:00:00.1234567Z", "2026-09-01T08:00:00.123Z")]
    public void Times_are_written_in_utc(string text, string written) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", Options), Options).ShouldBe($"\"{written}\"");

    [Theory]
    [InlineData("\"2026-09-01T08:00:00\"")]
    [InlineData("\"2026-09-01\"")]
    [InlineData("\"2026-13-01T08:00:00Z\"")]
    [InlineData("\"01.09.2026 08:00\"")]
    [InlineData("\"\"")]
    [InlineData("1756713600")]
    public void Others_are_refused_as_times(string json) => Should.Throw<InvalidValueException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Options));
}
