namespace IdeaVote.Cli.Import;

/// <summary>Shows how far a long piece of work is.</summary>
internal interface IImportProgress
{
    /// <summary>Runs the work, which reports every finished piece.</summary>
    /// <param name="what">What the pieces are, in the plural.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="work">The work; it calls its argument once a piece.</param>
    Task RunAsync(string what, int total, Func<Action, Task> work);
}
