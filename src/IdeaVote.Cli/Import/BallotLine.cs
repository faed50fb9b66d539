using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>A ballot as the API takes it: one line of JSON.</summary>
/// <param name="Line">The file's line it comes from, which the server gives back with the result.</param>
/// <param name="Json">The line without its break, UTF-8.</param>
internal sealed record BallotLine(int Line, byte[] Json)
{
    /// <summary>The most bytes the server takes on one line.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a voter's whole ballot; the same ballot always gives the same bytes.</summary>
    public static BallotLine Of(PbBallot ballot, PbVoteType voteType)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("line"u8, ballot.Line);
        json.WriteString("voter"u8, ballot.Voter);
        if (voteType.HasPoints())
            WriteInvestments(json, ballot);
        else
            WriteIdeas(json, voteType == PbVoteType.Ordinal ? "rank"u8 : "approve"u8, ballot);
        json.WriteEndObject();
        json.Flush();
        return new BallotLine(ballot.Line, buffer.WrittenSpan.ToArray());
    }

    private static void WriteIdeas(Utf8JsonWriter json, ReadOnlySpan<byte> method, PbBallot ballot)
    {
        json.WriteStartArray(method);
        foreach (var choice in ballot.Choices)
            json.WriteStringValue("ref:" + choice.Project);
        json.WriteEndArray();
    }

    private static void WriteInvestments(Utf8JsonWriter json, PbBallot ballot)
    {
        json.WriteStartObject("invest"u8);
        foreach (var choice in ballot.Choices)
            json.WriteNumber("ref:" + choice.Project, choice.Points);
        json.WriteEndObject();
    }
}
