using System.Globalization;

namespace IdeaVote.Gateway.Limits;

/// <summary>How often something may be done.</summary>
/// <param name="PerSecond">How often in the long run, a second; more than 0.</param>
/// <param name="Burst">How often at once by somebody who was quiet before, 1 or more.</param>
public sealed record Rate(double PerSecond, int Burst)
{
    /// <summary>The largest of both numbers.</summary>
    public const int Max = 1_000_000;

    /// <summary>Reads a rate as people write it: <c>200/2000</c> is 200 a second, 2,000 at once; <c>off</c> is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rate">The rate; null for none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out Rate? rate)
    {
        rate = null;
        if (string.Equals(text, "off", StringComparison.Ordinal))
            return true;
        if (text.Split('/') is not [var each, var all]
            || !double.TryParse(each, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var perSecond) || perSecond is not (>= 0.001 and <= Max)
            || !int.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var burst) || burst is not (>= 1 and <= Max))
            return false;
        rate = new Rate(perSecond, burst);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond}/{Burst}");
}

/// <summary>The rates of requests, each null for none.</summary>
public sealed record RateOptions
{
    /// <summary>No rates at all.</summary>
    public static RateOptions Off { get; } = new() { Address = null, Voter = null, Trusted = null, WrongTokens = null };

    /// <summary>Of each address, by callers who have no token that may do more than vote. 1,000 people behind one address can vote at once.</summary>
    public Rate? Address { get; init; } = new(200, 2_000);

    /// <summary>Of each token that may only vote.</summary>
    public Rate? Voter { get; init; } = new(50, 500);

    /// <summary>Of each token that may do more, such as import.</summary>
    public Rate? Trusted { get; init; }

    /// <summary>Of wrong tokens from each address. Beyond it no token from there is looked at.</summary>
    public Rate? WrongTokens { get; init; } = new(1, 100);
}
