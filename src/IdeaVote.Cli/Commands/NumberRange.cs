using System.CommandLine;

namespace IdeaVote.Cli.Commands;

/// <summary>Options that take a number within limits.</summary>
internal static class NumberRange
{
    /// <summary>Refuses numbers outside the limits, with a line that names them.</summary>
    public static Option<int> AcceptOnlyFrom(this Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            // A value that is no number is complained about by the parser itself.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
                result.AddError($"{option.Name} takes {least} to {most}.");
        });
        return option;
    }
}
