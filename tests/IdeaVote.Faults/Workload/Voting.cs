namespace IdeaVote.Faults.Workload;

/// <summary>An electorate's voting on one server.</summary>
internal sealed class Voting(HttpClient client, Report report, CancellationToken stop)
{
    private const int HangUpOneIn = 40;

    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> awaited = [];
    private int acknowledged;
    private Task all = Task.CompletedTask;

    /// <summary>How many votes were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    public void Start(Task[] voting) => all = Task.WhenAll(voting);

    /// <summary>Waits until so many have been acknowledged, or the voting has ended.</summary>
    /// <returns>Whether so many were.</returns>
    public async Task<bool> ReachAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (acknowledged >= count)
                return true;
            awaited.Add((count, reached));
        }
        await Task.WhenAny(reached.Task, all).WaitAsync(Server.FaultyServer.Patience);
        return reached.Task.IsCompleted;
    }

    /// <summary>Waits until nobody votes any more.</summary>
    public Task EndAsync() => all.WaitAsync(Server.FaultyServer.Patience);

    public async Task RunAsync(Ledger voter, IReadOnlyList<string> ideas, Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            voter.Send(voter.Unknown ?? Workload.Vote.Any(ideas, random));
            var mayExceed = voter.MayExceedBudget;
            using var request = Api.Vote(voter.Name, voter.Unknown!, voter.Key);
            // Now and then one does not wait for the answer, and asks again.
            using var hangUp = new CancellationTokenSource();
            if (voter.Key is not null && random.Next(HangUpOneIn) == 0)
                hangUp.CancelAfter(random.Next(1, 5));
            try
            {
                using var response = await client.SendAsync(request, hangUp.Token);
                var text = await response.Content.ReadAsStringAsync(hangUp.Token);
                switch (Answers.Read(response, text, report, $"{voter.Unknown} of {voter.Name}"))
                {
                    case Answer.Acknowledged:
                        voter.Acknowledge(response.Headers.TryGetValues("IdeaVote-Position", out var position) ? position.First() : null);
                        Count();
                        break;
                    case Answer.Refused:
                        if (Answers.CodeOf(text) == "budget_exceeded" && !mayExceed)
                            report.Find(Wrong.Doubled, $"{voter.Unknown} of {voter.Name} with '{voter.Acknowledged}' was refused for the budget");
                        voter.Refuse();
                        break;
                    default:
                        return;
                }
            }
            catch (OperationCanceledException) when (hangUp.IsCancellationRequested)
            {
                // The next turn sends the same attempt.
            }
            catch (Exception e) when (Answers.IsNone(e))
            {
                return;
            }
        }
    }

    private void Count()
    {
        report.Acknowledge();
        lock (gate)
        {
            acknowledged++;
            foreach (var (_, reached) in awaited.Where(a => a.Count == acknowledged))
                reached.TrySetResult();
        }
    }
}
