using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>What is no form, or more of one than there can be, is refused in so many words, whatever it is sent to.</summary>
public sealed class BodyAttackTests(FormAttackTests.World world) : IClassFixture<FormAttackTests.World>
{
    private const string Form = "application/x-www-form-urlencoded";

    public static IEnumerable<object[]> Forms => Thorough.Sample(PageTable.Forms);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_reads_nothing_but_forms(string name)
    {
        var call = PageTable.Find(name);
        if (call.Method == HttpMethod.Delete)
            return;
        var stage = await Stage.BuildAsync(world.Host);
        var path = stage.PathOf(call, world.Host.Account);
        var token = $"{Browser.TokenField}={Uri.EscapeDataString((await world.Host.Manager.GetAsync("/sign-in")).Token)}";
        var before = await world.Host.StateAsync(stage);

        foreach (var (what, type, body) in Bodies(token))
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await world.Host.Manager.AskAsync(HttpMethod.Post, path, content);

            Verdict.Of(answer).ShouldBeNull($"{what}: {path}");
            answer.Status.ShouldBeInRange(400, 422, $"{what}: {path}");
        }
        (await world.Host.StateAsync(stage)).ShouldBe(before);
    }

    [Fact]
    public async Task Of_a_field_that_is_there_twice_the_first_counts_everywhere()
    {
        var stage = await Stage.BuildAsync(world.Host);
        var path = $"/c/{stage.Campaign}/ideas/{stage.Idea}";
        var token = Uri.EscapeDataString((await world.Host.Customer.GetAsync(path)).Token);
        using var content = new StringContent($"{Browser.TokenField}={token}&amount=7&amount=99", new MediaTypeHeaderValue(Form));

        (await world.Host.Customer.AskAsync(HttpMethod.Post, path + "/invest", content)).Status.ShouldBe(303);

        (await world.Host.Customer.GetAsync(path)).Markup.Of("input").Single(input => input["id"] == "amount")["value"].ShouldBe("7");
    }

    [Fact]
    public async Task Whoever_is_led_back_to_a_page_with_letters_of_other_scripts_gets_there()
    {
        var stage = await Stage.BuildAsync(world.Host);
        var path = $"/c/{stage.Campaign}/ideas/{stage.Idea}";
        var token = Uri.EscapeDataString((await world.Host.Customer.GetAsync(path)).Token);
        var to = $"/c/{stage.Campaign}?q=Gr\u00fcn \u0436\U0001f600";
        using var content = new StringContent($"{Browser.TokenField}={token}&approve=yes&to={Uri.EscapeDataString(to)}", new MediaTypeHeaderValue(Form));

        var answer = await world.Host.Customer.AskAsync(HttpMethod.Post, path + "/approve", content);

        answer.Location.ShouldBe($"/c/{stage.Campaign}?q=Gr%C3%BCn%20%D0%B6%F0%9F%98%80");
    }

    private static IEnumerable<(string What, string Type, byte[] Body)> Bodies(string token)
    {
        yield return ("nothing", "", []);
        yield return ("an empty form", Form, []);
        yield return ("JSON", "application/json", Encoding.UTF8.GetBytes("{\"title\":\"x\"}"));
        yield return ("JSON that says it is a form", Form, Encoding.UTF8.GetBytes("{\"title\":\"x\"}"));
        yield return ("plain text", "text/plain", Encoding.UTF8.GetBytes(token));
        yield return ("XML", "application/xml", Encoding.UTF8.GetBytes("<x/>"));
        yield return ("a type that is none", "x/;;charset", Encoding.UTF8.GetBytes(token));
        yield return ("a character set that is none", Form + "; charset=utf-99", Encoding.UTF8.GetBytes("a=b"));
        yield return ("UTF-7", Form + "; charset=utf-7", Encoding.UTF8.GetBytes("a=+ADw-"));
        yield return ("bytes", Form, [0, 1, 2, 0xff, 0xfe, 0xc0, 0x80, 0x3d, 0x26, 0x26, 0x3d, 0x25]);
        yield return ("too many fields", Form, Encoding.UTF8.GetBytes(token + string.Concat(Enumerable.Range(0, 600).Select(static i => string.Create(CultureInfo.InvariantCulture, $"&f{i}=x")))));
        yield return ("one field too many times", Form, Encoding.UTF8.GetBytes(token + string.Concat(Enumerable.Repeat("&title=x", 600))));
        yield return ("a name without end", Form, Encoding.UTF8.GetBytes($"{token}&{new string('n', 5_000)}=x"));
        yield return ("too large", Form, Encoding.UTF8.GetBytes($"{token}&title={new string('x', 300_000)}"));
        yield return ("two tokens", Form, Encoding.UTF8.GetBytes($"{Browser.TokenField}=x&{token}"));
        yield return ("parts without a boundary", "multipart/form-data", Encoding.UTF8.GetBytes("--x\r\n"));
        yield return ("parts without an end", "multipart/form-data; boundary=x", Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx"));
        yield return ("a boundary without end", $"multipart/form-data; boundary={new string('x', 500)}", Encoding.UTF8.GetBytes("--x\r\n"));
        yield return ("a file", "multipart/form-data; boundary=x", Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"title\"; filename=\"../../x.html\"\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n--x--\r\n"));
        yield return ("very many heads of a part", "multipart/form-data; boundary=x", Encoding.UTF8.GetBytes($"--x\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 2_000))}\r\nx\r\n--x--\r\n"));
    }
}
