using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>A network that answers as told, so that it shows what the clients send and how often.</summary>
internal sealed class ScriptedTransport(Func<string, string, Response> answer) : HttpPipelineTransport
{
    private readonly List<string> sent = [];

    /// <summary>What was sent: method and path.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (sent)
                return [.. sent];
        }
    }

    /// <summary>What Azure says when it refuses.</summary>
    public static FakeResponse Error(int status, string code) => new(
        status, content: Encoding.UTF8.GetBytes($$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"It is so.\nRequestId:1"} } }"""));

    /// <summary>A row.</summary>
    public static FakeResponse Row(string json) => new(200, content: Encoding.UTF8.GetBytes(json));

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        var (method, path) = (message.Request.Method.ToString(), message.Request.Uri.ToUri().AbsolutePath);
        lock (sent)
            sent.Add($"{method} {path}");
        // Making the table always works.
        message.Response = path.EndsWith("Tables", StringComparison.Ordinal) ? new FakeResponse(204) : answer(method, path);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Process(message);
        return ValueTask.CompletedTask;
    }
}
