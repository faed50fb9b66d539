using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>An answer that no server gave.</summary>
internal sealed class FakeResponse(int status, ETag version = default, byte[]? content = null) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = new MemoryStream(content ?? []);

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        TryGetHeader("ETag", out var value) ? [new HttpHeader("ETag", value)] : [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = version != default && string.Equals(name, "ETag", StringComparison.OrdinalIgnoreCase) ? version.ToString() : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}

/// <summary>What is answered for a row that is not there.</summary>
internal sealed class NoRow<T> : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("There is no row.");

    public override Response GetRawResponse() => new FakeResponse(404);
}
