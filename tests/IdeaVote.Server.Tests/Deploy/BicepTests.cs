using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>The template for Azure, as far as its text tells: it is not compiled here.</summary>
public sealed partial class BicepTests
{
    private static readonly string Template = Comment.Replace(DeployFiles.Read("azure/main.bicep"), "");

    [Fact]
    public void Brackets_close_and_what_is_named_is_declared_once_and_used()
    {
        var open = new Stack<char>();
        foreach (var c in Text.Replace(Template, "''"))
            if (c is '{' or '[' or '(')
                open.Push(c);
            else if (c is '}' or ']' or ')')
                $"{open.Pop()}{c}".ShouldBeOneOf("{}", "[]", "()");
        open.ShouldBeEmpty();

        var declared = Declaration.Matches(Template).Select(match => match.Groups["name"].Value).ToList();
        declared.ShouldBeUnique();
        foreach (var name in declared.Where(name => name != "app"))
            Regex.Count(Template, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeGreaterThan(1, $"{name} is declared and not used");
    }

    [Fact]
    public void The_identity_has_two_roles_and_each_on_one_resource()
    {
        var scopes = Regex.Matches(Template, @"roleAssignments@[^{]*\{\s*name: [^\n]*\n\s*scope: (?<scope>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["scope"].Value);

        scopes.ShouldBe(["storage", "images"]);
        // Storage Table Data Contributor and AcrPull, by the ids that Azure's list of built-in roles gives them.
        Regex.Matches(Template, "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value)
            .ShouldBe(["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "7f951dda-4ed3-4680-a7ca-43fe172d538d"]);
        Template.ShouldContain("allowSharedKeyAccess: false");
        Template.ShouldContain("defaultAction: 'Deny'");
        Template.ShouldContain("@secure()");
    }

    [Fact]
    public void It_runs_the_silo_as_the_image_and_the_program_have_it()
    {
        var known = File.ReadAllText(Path.Combine(DeployFiles.Root, "src/IdeaVote.Silo/SiloCommand.cs"));
        foreach (Match option in Regex.Matches(Template, "'(?<option>--[a-z-]+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            known.ShouldContain($"(\"{option.Groups["option"].Value}\")");
        var port = DeployFiles.Read("silo/Dockerfile").Split('\n').Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' ')[1];
        Regex.Matches(Template, "(?:targetPort|port): (?<port>[0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["port"].Value).Distinct().ShouldBe([port]);
    }

    [GeneratedRegex("^ *//[^\n]*", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Text { get; }

    [GeneratedRegex("^(?:param|var|resource) (?<name>[a-zA-Z]+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Declaration { get; }
}
