using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>The form events have on disk, and the chain over them, are frozen: whatever was written once is read for ever.</summary>
public sealed class GoldenTests
{
    private static readonly byte[][] Lines = GoldenFile.Lines("events-v1.golden.jsonl");
    private static readonly byte[][] Chain = GoldenFile.Lines("chain-v1.golden.txt");

    [Fact]
    public void Events_are_written_as_the_golden_file_says()
    {
        var written = GoldenEvents.All.Select(recorded => Encoding.UTF8.GetString(GoldenFile.Write(recorded)));

        string.Join('\n', written).ShouldBe(string.Join('\n', Lines.Select(Encoding.UTF8.GetString)));
    }

    [Fact]
    public void Golden_lines_are_read_back_as_the_events_they_are()
    {
        Lines.Length.ShouldBe(GoldenEvents.All.Count);
        foreach (var (line, expected) in Lines.Zip(GoldenEvents.All))
        {
            var read = EventReader.Read(line);

            Show.Of(read).ShouldBe(Show.Of(expected));
            read.Stream.ShouldBe(expected.Stream);
            GoldenFile.Write(read).ShouldBe(line);
        }
    }

    [Fact]
    public void Every_kind_of_event_has_a_golden_line()
    {
        var kinds = typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract);
        var golden = GoldenEvents.All.Select(recorded => recorded.Event.GetType()).ToHashSet();

        kinds.Where(kind => !golden.Contains(kind)).Select(kind => kind.Name).ShouldBeEmpty("Add them to GoldenEvents and to the golden file.");
    }

    [Fact]
    public void Each_kind_of_event_has_a_name_of_its_own()
    {
        var names = GoldenEvents.All.Zip(Lines, (recorded, line) => (recorded.Event.GetType(), Name(line))).Distinct().ToList();

        names.Select(pair => pair.Item1).Distinct().Count().ShouldBe(names.Count);
        names.Select(pair => pair.Item2).Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Count);
    }

    [Fact]
    public void The_chain_over_the_golden_lines_is_frozen()
    {
        var hash = HashChain.Origin.ToArray();
        var hashes = new List<string>();
        foreach (var line in Lines)
        {
            HashChain.Next(hash, line, hash);
            hashes.Add(Convert.ToHexStringLower(hash));
        }

        hashes.ShouldBe(Chain.Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void A_link_of_the_chain_is_the_SHA_256_of_the_link_before_and_the_event()
    {
        byte[] previous = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        foreach (var length in new[] { 0, 1, 500, 1024 - 32, 1024 - 31, 5_000 })
        {
            byte[] body = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
            var hash = new byte[32];

            HashChain.Next(previous, body, hash);

            hash.ShouldBe(SHA256.HashData([.. previous, .. body]));
        }
        HashChain.Origin.ToArray().ShouldBe(new byte[32]);
    }

    [Fact]
    public void One_writer_writes_many_events_one_behind_the_other()
    {
        using var writer = new EventWriter();
        var output = new ArrayBufferWriter<byte>();
        foreach (var recorded in GoldenEvents.All)
        {
            writer.Write(output, recorded);
            output.Write("\n"u8);
        }

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(string.Concat(Lines.Select(line => Encoding.UTF8.GetString(line) + "\n")));
    }

    private static string Name(byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("e").GetString()!;
    }
}
