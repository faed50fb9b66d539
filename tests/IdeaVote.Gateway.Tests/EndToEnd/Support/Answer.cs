using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>An answer of the server.</summary>
public sealed class Answer
{
    private readonly Lazy<JsonNode?> json;

    public Answer(HttpResponseMessage response, byte[] body)
    {
        Status = (int)response.StatusCode;
        ContentType = response.Content.Headers.ContentType?.ToString();
        Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        Bytes = body;
        json = new Lazy<JsonNode?>(() => JsonNode.Parse(Bytes));
    }

    public int Status { get; }

    public string? ContentType { get; }

    public Dictionary<string, string> Headers { get; }

    public byte[] Bytes { get; }

    public string Body => Encoding.UTF8.GetString(Bytes);

    /// <summary>The lines of the body.</summary>
    public string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The position that includes what was written.</summary>
    public string Position => Headers["IdeaVote-Position"];

    /// <summary>What stands at a path of names and numbers with points between, such as <c>items.0.title</c>; null if nothing does.</summary>
    public JsonNode? At(string path)
    {
        var node = json.Value;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            node = node switch
            {
                JsonArray array => array[int.Parse(step, CultureInfo.InvariantCulture)],
                JsonObject found => found[step],
                _ => null,
            };
        return node;
    }

    /// <summary>The text at a path; it must be there.</summary>
    public string Text(string path) => At(path).ShouldNotBeNull($"{path} of {Body}").GetValue<string>();

    /// <summary>The number at a path; it must be there.</summary>
    public decimal Number(string path) => At(path).ShouldNotBeNull($"{path} of {Body}").GetValue<decimal>();

    /// <summary>The items at a path.</summary>
    public IReadOnlyList<JsonNode> Items(string path = "items") =>
        [.. At(path).ShouldNotBeNull($"{path} of {Body}").AsArray().Select(item => item!)];
}

/// <summary>What tests expect of answers.</summary>
public static class Expectations
{
    /// <summary>The answer has this status.</summary>
    public static async Task<Answer> Expect(this Task<Answer> asked, int status)
    {
        var answer = await asked;
        answer.Status.ShouldBe(status, answer.Body);
        return answer;
    }

    /// <summary>The answer is a problem with this code, and blames this field if one is given.</summary>
    public static async Task<Answer> Refused(this Task<Answer> asked, int status, string code, string? field = null)
    {
        var answer = await asked;
        answer.ShouldBeProblem();
        (answer.Status, answer.Text("code")).ShouldBe((status, code), answer.Body);
        if (field is not null)
            answer.Text("field").ShouldBe(field, answer.Body);
        return answer;
    }

    /// <summary>The answer is a whole and consistent problem.</summary>
    public static void ShouldBeProblem(this Answer answer)
    {
        answer.ContentType.ShouldBe("application/problem+json", $"{answer.Status} {answer.Body}");
        answer.Number("status").ShouldBe(answer.Status);
        answer.Text("type").ShouldBe("about:blank");
        answer.Text("title").ShouldNotBeEmpty();
        answer.Text("detail").ShouldNotBeEmpty();
        answer.Text("code").ShouldMatch("^[a-z]+(_[a-z]+)*$");
    }

    /// <summary>The JSON is equal to this, however it is written.</summary>
    public static void ShouldBeJson(this JsonNode? node, string expected) =>
        JsonNode.DeepEquals(node, JsonNode.Parse(expected)).ShouldBeTrue($"is\n{node?.ToJsonString() ?? "null"}\nshould be\n{expected}");
}
