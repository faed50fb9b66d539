using System.Globalization;
using IdeaVote.Portal.Http;

namespace IdeaVote.Portal.Analysis;

/// <summary>Numbers as these pages write and draw them.</summary>
internal static class Figures
{
    /// <summary>A place in a drawing.</summary>
    public static string At(double place) => Math.Round(place, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage.</summary>
    public static string Percent(Visit visit, double share) => visit.Language.Number((decimal)(share * 100), 1) + "\u00a0%";

    /// <summary>A score, with the decimals that tell scores of its ranking apart.</summary>
    public static string Score(Visit visit, string by, decimal score) => by switch
    {
        "rating" or "bayesian" or "trending" or "quadratic" => visit.Language.Fixed(score, 3),
        "elo" => visit.Language.Fixed(score, 1),
        _ => visit.Language.Number(score, 4),
    };

    /// <summary>How sure a score is, in words; empty where nothing is to be said.</summary>
    public static string Interval(Visit visit, string by, RankingRow row) => row switch
    {
        { Share: { } share } => visit.Language.Format("ranking.interval.share", Percent(visit, share.Low), Percent(visit, share.High)),
        { Low: { } low, High: { } high } => visit.Language.Format("ranking.interval.of", Score(visit, by, (decimal)low), Score(visit, by, (decimal)high)),
        { NoInterval: { } why } when visit.Language.Has("ranking.noInterval." + why) => visit["ranking.noInterval." + why],
        _ => "",
    };

    /// <summary>An amount of the campaign's money.</summary>
    public static string Money(Visit visit, decimal amount, string? unit)
    {
        var rounded = Math.Round(amount, 2, MidpointRounding.AwayFromZero);
        return $"{visit.Language.Fixed(rounded, decimal.Truncate(rounded) == rounded ? 0 : 2)}\u00a0{unit}".TrimEnd();
    }
}
