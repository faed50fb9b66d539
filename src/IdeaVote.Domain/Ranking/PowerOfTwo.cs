namespace IdeaVote.Domain.Ranking;

/// <summary>
/// 2^x and log₂ x for fractions, in whole numbers: the same bits on every machine, which the floating-point library does not promise.
/// </summary>
internal static class PowerOfTwo
{
    /// <summary>How many binary places a fraction has.</summary>
    public const int Places = 32;

    private const int Inner = 62;

    /// <summary>2^(1/2), 2^(1/4), 2^(1/8) … with 62 places: each the root of the one before.</summary>
    private static readonly ulong[] Roots = MakeRoots();

    /// <summary>2^fraction with 32 places, right to one step.</summary>
    /// <param name="fraction">The exponent, 0 up to but not 1, in steps of 2^-32.</param>
    /// <returns>1 up to but not 2, in steps of 2^-32.</returns>
    public static long Of(uint fraction)
    {
        var power = 1UL << Inner;
        for (var i = 0; i < Places; i++)
            if ((fraction & (1U << (Places - 1 - i))) != 0)
                power = (ulong)(((UInt128)power * Roots[i]) >> Inner);
        return (long)(power >> (Inner - Places));
    }

    /// <summary>
    /// log₂ of a whole number, rounded down to 32 places (or one step below that). Never falls when the number grows.
    /// </summary>
    /// <param name="value">1 or more.</param>
    /// <returns>In steps of 2^-32.</returns>
    public static long Log(UInt128 value)
    {
        var whole = 127 - (int)UInt128.LeadingZeroCount(value);
        // 1 up to but not 2, with 63 places.
        var mantissa = (ulong)(whole >= 63 ? value >> (whole - 63) : value << (63 - whole));
        var log = (long)whole;
        for (var i = 0; i < Places; i++)
        {
            // Squaring doubles the logarithm, so that its next binary digit is whether the square reaches 2.
            var square = (UInt128)mantissa * mantissa;
            var digit = (int)(square >> 127);
            mantissa = (ulong)(square >> (63 + digit));
            log = (log << 1) | (long)digit;
        }
        return log;
    }

    private static ulong[] MakeRoots()
    {
        var roots = new ulong[Places];
        var last = 2UL << Inner;
        for (var i = 0; i < Places; i++)
            roots[i] = last = Root((UInt128)last << Inner);
        return roots;
    }

    /// <summary>⌊√square⌋, bit by bit.</summary>
    private static ulong Root(UInt128 square)
    {
        ulong root = 0;
        for (var bit = 1UL << 63; bit != 0; bit >>= 1)
            if ((UInt128)(root | bit) * (root | bit) <= square)
                root |= bit;
        return root;
    }
}
