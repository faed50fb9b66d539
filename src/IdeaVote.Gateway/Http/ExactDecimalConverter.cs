using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>
/// Reads money and weights exactly: at most 15 digits before and 4 after the point, no exponent, so that what was sent is
/// what is kept. Trailing zeros are dropped: 50000.00 and 50000 are one number with one written form.
/// </summary>
public sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    /// <summary>The most digits before the point.</summary>
    public const int MaxWholeDigits = 15;

    /// <summary>The most digits after the point.</summary>
    public const int MaxFractionDigits = 4;

    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // A number of a valid amount is short, so it is never split over two segments of a body we take: those are whole.
        var digits = reader.HasValueSequence ? default : reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.Number || !IsPlain(digits) || !Utf8Parser.TryParse(digits, out decimal value, out var used) || used != digits.Length)
            throw new InvalidValueException($"a number of at most {MaxWholeDigits} digits before and {MaxFractionDigits} after the point, without an exponent");
        return Canonical(value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static bool IsPlain(ReadOnlySpan<byte> number)
    {
        var digits = number.StartsWith("-"u8) ? number[1..] : number;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        return whole.Length is > 0 and <= MaxWholeDigits && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && fraction.TrimEnd((byte)'0').Length <= MaxFractionDigits && fraction.Length <= 28
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>The same number without trailing zeros after the point.</summary>
    private static decimal Canonical(decimal value)
    {
        while (value.Scale > 0 && decimal.Round(value, value.Scale - 1) == value)
            value = decimal.Round(value, value.Scale - 1);
        return value == 0 ? 0 : value;
    }
}
