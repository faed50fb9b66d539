using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Feed;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed partial class FeedStreamTests
{
    private readonly CampaignId campaign = new(Id.FromBytes(SHA256.HashData("campaign"u8)));
    private readonly TinyEngine engine = new();
    private readonly ManualTime time = new();
    private readonly Positions positions;

    public FeedStreamTests() => positions = new Positions(new PositionTokens(new Pseudonyms(new byte[32])), engine);

    [Fact]
    public async Task Lines_carry_the_event_byte_for_byte()
    {
        var text = await ReadAllAsync(follow: false, asServerSent: false, """{ "odd" : 1.0, "ü":"\u00fc" }""", "{}");

        Readable(text).ShouldBe(
            Head(1) + """{ "odd" : 1.0, "ü":"\u00fc" }}""" + "\n" +
            Head(2) + "{}}\n");

        string Head(int number) =>
            $"{{\"position\":\"{Place(number)}\",\"prev\":\"{Convert.ToHexStringLower(Hash(number - 1))}\",\"hash\":\"{Convert.ToHexStringLower(Hash(number))}\",\"event\":";
    }

    [Fact]
    public async Task Server_sent_events_carry_the_position_as_their_id()
    {
        var text = await ReadAllAsync(follow: false, asServerSent: true, "{}");

        Readable(text).ShouldStartWith($":\n\nid: {Place(1)}\ndata: {{\"position\":\"{Place(1)}\",\"prev\":");
        text.ShouldEndWith("\"event\":{}}\n\n");
    }

    [Fact]
    public async Task What_happened_is_out_before_anything_more_is_awaited()
    {
        using var stop = new CancellationTokenSource();
        var pipe = new Pipe();
        engine.Feed = (_, follow, cancellation) => TinyEngine.Entries([Entry(1, "{}")], follow, cancellation);
        var sending = Stream().SendAsync(pipe.Writer, campaign, Position.Start, follow: true, asServerSent: false, stop.Token);

        var read = await pipe.Reader.ReadAsync();
        Encoding.UTF8.GetString(read.Buffer).ShouldEndWith("{}}\n");

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    [Fact]
    public async Task A_quiet_server_sent_stream_beats_every_fifteen_seconds()
    {
        using var stop = new CancellationTokenSource();
        var pipe = new Pipe();
        engine.Feed = (_, follow, cancellation) => TinyEngine.Entries([], follow, cancellation);
        var sending = Stream().SendAsync(pipe.Writer, campaign, Position.Start, follow: true, asServerSent: true, stop.Token);

        for (var beat = 0; beat < 4; beat++)
        {
            var read = await pipe.Reader.ReadAsync();
            Encoding.UTF8.GetString(read.Buffer).ShouldBe(":\n\n");
            pipe.Reader.AdvanceTo(read.Buffer.End);
            time.Tick().ShouldBe([TimeSpan.FromSeconds(15)]);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    [Fact]
    public async Task A_caller_who_does_not_read_is_not_read_for()
    {
        var taken = 0;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        engine.Feed = (_, _, cancellation) => Endless(cancellation);
        using var stop = new CancellationTokenSource();
        var sending = Stream().SendAsync(pipe.Writer, campaign, Position.Start, follow: true, asServerSent: false, stop.Token);

        // The feed never waits, so whatever could be taken has been taken by now.
        sending.IsCompleted.ShouldBeFalse();
        var before = taken;
        before.ShouldBeInRange(100, 2_000);
        var read = await pipe.Reader.ReadAsync();
        pipe.Reader.AdvanceTo(read.Buffer.End);
        while (Volatile.Read(ref taken) == before)
            await Task.Yield();

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);

        async IAsyncEnumerable<FeedEntry> Endless([EnumeratorCancellation] CancellationToken cancellation)
        {
            for (var i = 1; !cancellation.IsCancellationRequested; i++)
            {
                taken = i;
                yield return Entry(i, "{}");
            }
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task When_the_caller_is_gone_it_ends()
    {
        var pipe = new Pipe();
        engine.Feed = (_, follow, cancellation) => TinyEngine.Entries([Entry(1, "{}")], follow, cancellation);
        await pipe.Reader.CompleteAsync();

        await Stream().SendAsync(pipe.Writer, campaign, Position.Start, follow: true, asServerSent: true, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static string Place(int number) => $"<{Places.At(number)}>";

    /// <summary>The answer with each position, which looks different every time, as what it stands for.</summary>
    private string Readable(string text) => Tokens().Replace(text, token => $"<{positions.Read(token.Value, "")}>");

    [GeneratedRegex("(?<=\"position\":\"|id: )[^\"\n]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tokens();

    private static byte[] Hash(int number) => SHA256.HashData(BitConverter.GetBytes(number));

    private FeedEntry Entry(int number, string body) =>
        new(Places.At(number), campaign, 0, Encoding.UTF8.GetBytes(body), Hash(number - 1), Hash(number));

    private FeedStream Stream() => new(engine, positions, time);

    private async Task<string> ReadAllAsync(bool follow, bool asServerSent, params string[] bodies)
    {
        var pipe = new Pipe();
        engine.Feed = (_, followed, cancellation) => TinyEngine.Entries(bodies.Select((body, i) => Entry(i + 1, body)), followed, cancellation);
        await Stream().SendAsync(pipe.Writer, campaign, Position.Start, follow, asServerSent, CancellationToken.None);
        await pipe.Writer.CompleteAsync();
        using var reader = new StreamReader(pipe.Reader.AsStream());
        return await reader.ReadToEndAsync();
    }
}
