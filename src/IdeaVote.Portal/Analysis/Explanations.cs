using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Http;

namespace IdeaVote.Portal.Analysis;

/// <summary>Says what is wrong with a question, in the visitor's words.</summary>
internal static class Explanations
{
    /// <summary>The words for a code, then those for a field, then what the API says.</summary>
    public static string Of(Visit visit, ApiException problem) =>
        new[] { problem.Code, problem.Field }.Select(name => "analysis.problem." + name).FirstOrDefault(visit.Language.Has) is { } key
            ? visit[key]
            : PageProblems.Explain(visit, new Problem(problem.Status, problem.Code, problem.Message, problem.Field));
}
