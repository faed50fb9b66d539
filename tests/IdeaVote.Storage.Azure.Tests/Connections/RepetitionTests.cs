using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Connections;

/// <summary>What is sent again and what is not, seen from the network.</summary>
public sealed class RepetitionTests
{
    private const string Fence = """
        {"odata.etag":"W/\"1\"","PartitionKey":"0","RowKey":"fence","Epoch@odata.type":"Edm.Int64","Epoch":"1","Head@odata.type":"Edm.Int64",
        "Head":"0","Batch":"","Staged@odata.type":"Edm.Int64","Staged":"0","Revision@odata.type":"Edm.Int64","Revision":"1"}
        """;

    // A key of zeroes.
    private const string Account = "DefaultEndpointsProtocol=https;AccountName=fake;AccountKey=AAAA;EndpointSuffix=core.windows.net";

    private static Task<AzureJournal> OpenAsync(ScriptedTransport network) =>
        AzureJournal.OpenAsync(AzureTables.FromConnectionString(Account).With(network, TimeSpan.FromMilliseconds(1)));

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(408, "RequestTimeout")]
    public async Task A_throttled_reading_is_repeated_until_it_is_answered(int status, string code)
    {
        var asked = 0;
        var network = new ScriptedTransport((_, _) => ++asked < 4 ? ScriptedTransport.Error(status, code) : ScriptedTransport.Row(Fence.Replace("\"Head\":\"0\"", "\"Head\":\"7\"")));
        (await (await OpenAsync(network)).HeadAsync("0")).ShouldBe(7);
        asked.ShouldBe(4);
    }

    [Fact]
    public async Task A_reading_is_not_repeated_for_ever()
    {
        var asked = 0;
        var network = new ScriptedTransport((_, _) =>
        {
            asked++;
            return ScriptedTransport.Error(503, "ServerBusy");
        });
        var journal = await OpenAsync(network);
        var failure = await Should.ThrowAsync<JournalException>(() => journal.HeadAsync("0").AsTask());
        failure.Message.ShouldContain("too busy");
        failure.Message.ShouldNotContain("\n");
        asked.ShouldBe(6);
    }

    [Fact]
    public async Task An_append_is_sent_once()
    {
        // The batch is not answered, and the row of the fence never changes, whatever is sent.
        var network = new ScriptedTransport((method, path) =>
            path.EndsWith("$batch", StringComparison.Ordinal) ? ScriptedTransport.Error(503, "ServerBusy")
            : method == "GET" ? ScriptedTransport.Row(Fence)
            : ScriptedTransport.Error(412, "UpdateConditionNotSatisfied"));
        var journal = await OpenAsync(network);
        var records = new Records(1);
        var failure = await Should.ThrowAsync<JournalException>(
            () => journal.AppendAsync("0", 0, 1, records.Votes(records.Campaign(), 3)).AsTask());
        failure.ShouldNotBeOfType<StaleWriterException>();
        failure.Message.ShouldContain("not known");
        network.Sent.Count(each => each.EndsWith("$batch", StringComparison.Ordinal)).ShouldBe(1);
    }
}
