using Azure.Core;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Access;
using IdeaVote.Storage.Azure.Journal;
using IdeaVote.Storage.Azure.Texts;

namespace IdeaVote.Storage.Azure.Tests.Connections;

/// <summary>What can't work says so in one line that names the way out, and never the key.</summary>
public sealed class MessageTests
{
    // In base 64, as keys are.
    private const string Key = "QzX9QzX9QzX9";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private static async Task<string> FailAsync(AzureTables tables)
    {
        var failure = await Should.ThrowAsync<JournalException>(() => AzureJournal.OpenAsync(tables));
        await Should.ThrowAsync<JournalException>(() => AzureTextStore.OpenAsync(tables));
        await Should.ThrowAsync<JournalException>(() => AzureAccessStore.OpenAsync(tables));
        failure.Message.ShouldNotContain("\n");
        failure.ToString().ShouldNotContain("QzX9");
        tables.ToString().ShouldNotContain("QzX9");
        return failure.Message;
    }

    private static AzureTables At(string endpoint) =>
        AzureTables.FromConnectionString($"AccountName=someone;AccountKey={Key};TableEndpoint={endpoint}").With(null, Soon);

    private static AzureTables Answering(int status, string code) =>
        At("https://someone.table.core.windows.net").With(new ScriptedTransport((_, _) => ScriptedTransport.Error(status, code)), Soon);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("QzX9")]
    [InlineData("AccountName=QzX9")]
    [InlineData("AccountName=someone;AccountKey=QzX9!;EndpointSuffix=core.windows.net")]
    public async Task A_connection_string_that_is_none_is_not_repeated(string connection) =>
        (await FailAsync(AzureTables.FromConnectionString(connection))).ShouldContain("connection string");

    [Fact]
    public async Task An_account_that_is_not_there_is_named() =>
        (await FailAsync(AzureTables.FromEndpoint(new Uri("https://127.0.0.1:1/someone"), new AnyCredential()).With(null, Soon))).ShouldContain("127.0.0.1:1");

    [Fact]
    public async Task An_unknown_account_is_named() =>
        (await FailAsync(At("https://someone.table.invalid"))).ShouldContain("someone.table.invalid");

    [Theory]
    [InlineData(403, "AuthenticationFailed", "does not let this process in")]
    [InlineData(503, "ServerBusy", "too busy")]
    [InlineData(404, "TableNotFound", "table is missing")]
    [InlineData(413, "RequestBodyTooLarge", "no request that large")]
    [InlineData(400, "InvalidInput", "refuses a request")]
    public async Task A_refusal_says_what_to_do(int status, string code, string text)
    {
        var texts = await AzureTextStore.OpenAsync(Answering(status, code));
        var failure = await Should.ThrowAsync<JournalException>(() => texts.PutAsync(new Some().Document()).AsTask());
        failure.Message.ShouldContain(text);
        failure.Message.ShouldContain("someone");
        failure.Message.ShouldNotContain("\n");
        failure.ToString().ShouldNotContain("QzX9");
    }

    [Fact]
    public async Task A_missing_token_is_named_as_such()
    {
        var tables = AzureTables.FromEndpoint(new Uri("https://someone.table.core.windows.net"), new NoCredential());
        (await FailAsync(tables.With(new ScriptedTransport((_, _) => new FakeResponse(204)), Soon))).ShouldContain("No token could be had");
    }

    [Fact]
    public void A_token_does_not_travel_in_the_open() =>
        Should.Throw<ArgumentException>(() => AzureTables.FromEndpoint(new Uri("http://someone.table.core.windows.net"), new NoCredential()));

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("with-dash")]
    [InlineData("with_underscore")]
    [InlineData("größe")]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijk")]
    public void A_prefix_that_makes_no_name_of_a_table_is_refused(string prefix) =>
        Should.Throw<ArgumentException>(() => AzureTables.FromConnectionString("UseDevelopmentStorage=true", prefix)).Message.ShouldContain("prefix");

    private sealed class AnyCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("QzX9", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("There is no managed identity.\nNowhere.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("There is no managed identity.\nNowhere.");
    }
}
