namespace IdeaVote.Cli.Api;

/// <summary>Asks for answers that name the ballots they count, for files that are kept.</summary>
internal static class NamedBallots
{
    private const string Wish = "ballots=sha256";

    /// <summary>Reads an answer that names its ballots; one that does not where the token may not ask for that, with a word about it.</summary>
    /// <param name="host">Where that is said.</param>
    /// <param name="client">The server.</param>
    /// <param name="path">The path with at least one parameter.</param>
    /// <param name="isKept">Whether the answer becomes a file, rather than being looked at.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task<T> GetAsync<T>(CliHost host, ApiClient client, string path, bool isKept, CancellationToken cancel)
    {
        if (!isKept)
            return await client.GetAsync<T>(path, cancel);
        try
        {
            return await client.GetAsync<T>($"{path}&{Wish}", cancel);
        }
        catch (ApiException e) when (e.Field == "ballots")
        {
            var answer = await client.GetAsync<T>(path, cancel);
            host.Note("the ballots counted are not named: that needs a token with the scope export");
            return answer;
        }
    }
}
