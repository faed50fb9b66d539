using System.Collections.Immutable;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>A page as a browser has it before it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Path">Where the browser ended up, with the query.</param>
/// <param name="Html">The page.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Cookies">The cookies it set, as they were sent.</param>
public sealed record PageView(int Status, string Path, string Html, ImmutableDictionary<string, string> Headers, ImmutableArray<string> Cookies)
{
    private readonly Lazy<Markup> markup = new(() => Markup.Read(Html));

    public Markup Markup => markup.Value;

    /// <summary>Where the answer leads; null if nowhere.</summary>
    public string? Location => Headers.GetValueOrDefault("Location");

    /// <summary>What the portal tells once, above the page.</summary>
    public string Notice => Markup.Elements.Single(element => element["id"] == "notice").Text.Trim();

    /// <summary>What is said to be wrong with what was filled in.</summary>
    public IReadOnlyList<string> Problems => [.. Markup.Of("p").Where(element => (element["class"] ?? "").Split(' ').Contains("problem")).Select(element => element.Text.Trim())];

    /// <summary>The main heading.</summary>
    public string Heading => Markup.Of("h1").ShouldHaveSingleItem().Text.Trim();

    /// <summary>The token that forms of this page send along.</summary>
    public string Token => Markup.Of("input").First(input => input["name"] == Browser.TokenField)["value"]!;

    /// <summary>The fields of a form as a browser would send them if nothing were touched.</summary>
    /// <param name="action">Where the form is sent.</param>
    public List<KeyValuePair<string, string>> Form(string action)
    {
        var form = Markup.Of("form").FirstOrDefault(form => form["action"] == action)
            .ShouldNotBeNull($"There is no form for {action}, only {string.Join(", ", Markup.Of("form").Select(form => form["action"]))}.");
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in Markup.Within(form).Where(element => element.Has("name") && !element.Has("disabled")))
        {
            var value = element.Name switch
            {
                "input" when element["type"] is "checkbox" or "radio" => element.Has("checked") ? element["value"] ?? "on" : null,
                "input" => element["value"] ?? "",
                "textarea" => element.Text.TrimStart('\n'),
                "select" => (Markup.Within(element).FirstOrDefault(option => option.Has("selected")) ?? Markup.Within(element).First())["value"],
                _ => null,
            };
            if (value is not null)
                fields.Add(new(element["name"]!, value));
        }
        return fields;
    }
}
