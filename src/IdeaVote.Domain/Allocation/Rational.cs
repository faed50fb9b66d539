using System.Globalization;
using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>An exact fraction in lowest terms. Amounts of money per voter are such: a fund seldom divides evenly.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominatorLessOne;

    /// <summary>A fraction, reduced.</summary>
    /// <param name="numerator">Any whole number.</param>
    /// <param name="denominator">Above 0.</param>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        this.numerator = numerator / common;
        // The default of the type is 0/1 this way.
        denominatorLessOne = denominator / common - 1;
    }

    /// <summary>Above the line.</summary>
    public BigInteger Numerator => numerator;

    /// <summary>Below the line, 1 or more.</summary>
    public BigInteger Denominator => denominatorLessOne + 1;

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <summary>The product.</summary>
    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient.</summary>
    /// <param name="a">What is divided.</param>
    /// <param name="b">Above 0.</param>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>Whether <paramref name="a"/> is the smaller.</summary>
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> is the larger.</summary>
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> is not larger.</summary>
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> is not smaller.</summary>
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>A decimal as it is.</summary>
    public static Rational Of(decimal value)
    {
        var parts = decimal.GetBits(value);
        var digits = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        return new Rational(value < 0 ? -digits : digits, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>The nearest decimal of at most 12 places, half to even.</summary>
    /// <exception cref="OverflowException">The number is larger than any decimal.</exception>
    public decimal ToDecimal()
    {
        var unit = BigInteger.Pow(10, Election.MaxDecimals);
        var parts = BigInteger.DivRem(Numerator * unit, Denominator, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(Denominator);
        if (half > 0 || (half == 0 && !parts.IsEven))
            parts += rest.Sign;
        var whole = BigInteger.DivRem(parts, unit, out var fraction);
        return (decimal)whole + (decimal)fraction / (decimal)unit;
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => numerator == other.numerator && denominatorLessOne == other.denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(numerator, denominatorLessOne);

    /// <summary>As a whole number, or as <c>numerator/denominator</c>.</summary>
    public override string ToString() =>
        denominatorLessOne.IsZero
            ? numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{numerator}/{Denominator}");
}
