using IdeaVote.Cli.Api;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>
/// Brings an election to the server: campaign, ideas, ballots. Every request is an absolute state, so the whole can
/// be repeated after an interruption anywhere, and nothing counts twice.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="note">Told what the user should know, in lines for people.</param>
internal sealed class Importer(ApiClient client, IImportProgress progress, Action<string> note)
{
    /// <summary>Sends everything.</summary>
    /// <param name="election">The file.</param>
    /// <param name="campaign">The campaign to create if there is none of its key.</param>
    /// <param name="batchSize">The most ballots of one request, 1 or more.</param>
    /// <param name="summary">Filled while the import runs, so that it is right also when the import is interrupted.</param>
    /// <param name="cancel">Ends the import.</param>
    /// <exception cref="ApiException">The server refused something other than a single ballot, or cannot be reached.</exception>
    public async Task RunAsync(PbElection election, NewCampaign campaign, int batchSize, ImportSummary summary, CancellationToken cancel)
    {
        foreach (var problem in election.Refused)
            summary.Refuse(problem);
        var existing = await PrepareCampaignAsync(campaign, cancel);
        await SendIdeasAsync(election, campaign.Key, existing, summary, cancel);
        await SendBallotsAsync(election, campaign.Key, batchSize, summary, cancel);
    }

    // Gives the references of the ideas that are already there.
    private async Task<HashSet<string>> PrepareCampaignAsync(NewCampaign wanted, CancellationToken cancel)
    {
        if (await FindCampaignAsync(wanted.Key, cancel) is not { } found)
        {
            await client.PostAsync<Campaign>("campaigns", wanted, wanted.Key, cancel);
            return [];
        }
        note($"campaign {wanted.Key} is already there; its title and rules stay as they are");
        if (wanted.Approve is not null && found.Approve is null)
            throw new ApiException($"campaign {wanted.Key} has no approvals, and this file's ballots are approvals; choose another --campaign");
        if (wanted.Invest is { } invest)
        {
            if (found.Invest is not { } rule)
                throw new ApiException($"campaign {wanted.Key} has no investing, and this file's ballots are points; choose another --campaign");
            if (rule.BudgetCredits < invest.BudgetCredits)
                note($"campaign {wanted.Key} gives {rule.BudgetCredits} credits, the file up to {invest.BudgetCredits}; ballots over the budget will be refused");
        }
        if (wanted.Rank is { } rank)
        {
            if (found.Rank is not { } order)
                throw new ApiException($"campaign {wanted.Key} has no ranking, and this file's ballots are orders; choose another --campaign");
            if (order.MaxLength != rank.MaxLength)
                note($"campaign {wanted.Key} ranks {order.MaxLength} ideas, the file {rank.MaxLength}; Borda's points differ from the file's");
        }
        return await ReferencesAsync(wanted.Key, cancel);
    }

    private async Task<Campaign?> FindCampaignAsync(string key, CancellationToken cancel)
    {
        try
        {
            return await client.GetAsync<Campaign>($"campaigns/{key}", cancel);
        }
        catch (ApiException e) when (e is { Status: 404, Code: "campaign_not_found" })
        {
            return null;
        }
    }

    private async Task<HashSet<string>> ReferencesAsync(string campaign, CancellationToken cancel)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var from = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await client.GetAsync<Page<Idea>>($"campaigns/{campaign}/ideas?sort=oldest&limit=100{from}", cancel);
            references.UnionWith(page.Items.Select(idea => idea.Reference).OfType<string>());
            cursor = page.Next;
        }
        while (cursor is not null);
        return references;
    }

    private Task SendIdeasAsync(PbElection election, string campaign, HashSet<string> existing, ImportSummary summary, CancellationToken cancel) =>
        progress.RunAsync("ideas", election.Projects.Count, async done =>
        {
            foreach (var project in election.Projects)
            {
                if (await IsNewAsync(project, campaign, cancel) && !existing.Contains(project.Id))
                    summary.IdeasCreated++;
                else
                    summary.IdeasExisting++;
                done();
            }
        });

    // The server answers a repeat like the first time, so true alone does not mean that the idea was not there.
    private async Task<bool> IsNewAsync(PbProject project, string campaign, CancellationToken cancel)
    {
        try
        {
            await client.PostAsync<Idea>($"campaigns/{campaign}/ideas", ElectionMapping.Idea(project), campaign, cancel);
            return true;
        }
        catch (ApiException e) when (e.Code == "reference_taken")
        {
            // Somebody has edited the idea since; votes on it are still votes on this project.
            note($"idea '{project.Id}' is already there with other content; it stays as it is");
            return false;
        }
    }

    private Task SendBallotsAsync(PbElection election, string campaign, int batchSize, ImportSummary summary, CancellationToken cancel)
    {
        var sender = new BallotSender(client, campaign);
        return progress.RunAsync("ballots", election.Ballots.Count, async done =>
        {
            foreach (var batch in BallotBatches.Of(election, batchSize, summary.Refuse))
            {
                await sender.SendAsync(batch, result => { summary.Take(result); done(); }, cancel);
            }
        });
    }
}
