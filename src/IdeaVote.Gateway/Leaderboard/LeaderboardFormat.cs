using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>How a leaderboard is written.</summary>
internal enum LeaderboardFormat
{
    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>CSV with a header line.</summary>
    Csv,

    /// <summary>One JSON object a row.</summary>
    JsonLines,

    /// <summary>A spreadsheet.</summary>
    Xlsx,

    /// <summary>A picture.</summary>
    Svg,
}

/// <summary>Finds out how a caller wants a leaderboard written.</summary>
internal static class LeaderboardFormats
{
    /// <summary>The content type of CSV.</summary>
    public const string CsvType = "text/csv; charset=utf-8; header=present";

    private const string SvgType = "image/svg+xml; charset=utf-8";
    private const string JsonLinesType = "application/jsonl";

    /// <summary>The content type of a format.</summary>
    public static string ContentType(LeaderboardFormat format) => format switch
    {
        LeaderboardFormat.Csv => CsvType,
        LeaderboardFormat.JsonLines => JsonResponse.NdJson,
        LeaderboardFormat.Xlsx => SheetWriter.ContentType,
        LeaderboardFormat.Svg => SvgType,
        _ => JsonResponse.Json,
    };

    /// <summary>The format that <c>format=</c> names; without it the one that <c>Accept</c> likes best; JSON if it likes none.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static LeaderboardFormat Of(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "" => Accepted(request.Headers.Accept),
        "json" => LeaderboardFormat.Json,
        "csv" => LeaderboardFormat.Csv,
        "jsonl" => LeaderboardFormat.JsonLines,
        "xlsx" => LeaderboardFormat.Xlsx,
        _ => throw CommonProblems.Invalid("format", "The formats are json, csv, jsonl and xlsx."),
    };

    private static LeaderboardFormat Accepted(StringValues accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var types))
            return LeaderboardFormat.Json;
        var best = (Format: LeaderboardFormat.Json, Quality: 0.0);
        foreach (var type in types)
        {
            LeaderboardFormat? format = type.MediaType.Value?.ToLowerInvariant() switch
            {
                "text/csv" => LeaderboardFormat.Csv,
                JsonResponse.NdJson or JsonLinesType => LeaderboardFormat.JsonLines,
                JsonResponse.Json => LeaderboardFormat.Json,
                SheetWriter.ContentType => LeaderboardFormat.Xlsx,
                _ => null,
            };
            if (format is { } known && (type.Quality ?? 1) > best.Quality)
                best = (known, type.Quality ?? 1);
        }
        return best.Format;
    }
}
