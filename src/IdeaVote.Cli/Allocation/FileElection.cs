using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Output;
using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Allocation;

/// <summary>A .pb file on this machine, counted without any server.</summary>
internal static class FileElection
{
    // More than this nobody reads on a terminal.
    private const int Shown = 20;

    /// <summary>Whether an argument means a file and not a campaign: there is such a file, or it is called like one.</summary>
    public static bool IsMeant(string argument) => File.Exists(argument) || argument.EndsWith(".pb", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file, telling what was read around and which ballots were left out.</summary>
    /// <returns>The election; null if the file can't be taken, which has been said.</returns>
    public static async Task<CountedFile?> ReadAsync(CliHost host, string path, CancellationToken cancel)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancel);
            var election = PbParser.Parse(bytes);
            Tell(host, path, election.Warnings, "warning", "warnings");
            Tell(host, path, election.Refused, "left out", "ballots left out");
            return new CountedFile(Path.GetFileName(path), election, Counted.Sha256(bytes));
        }
        catch (PbFormatException e)
        {
            host.Note(e.Line > 0 ? $"{path}:{e.Line}: {e.Message}" : $"{path}: {e.Message}");
            return null;
        }
    }

    /// <summary>The election to allocate the fund of. A project without a cost is left out, with a word about it.</summary>
    /// <param name="host">Where that is said.</param>
    /// <param name="file">The file.</param>
    /// <param name="fund">The fund; null for the file's budget.</param>
    /// <exception cref="UsageException">There is no fund.</exception>
    public static Election ToAllocate(CliHost host, PbElection file, decimal? fund)
    {
        var money = fund ?? file.Meta.Money("budget") ?? throw new UsageException("the file gives no budget that can be read; give one with --fund");
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        var projects = new List<FundProject>();
        foreach (var project in file.Projects)
        {
            if (project.Cost is not { } cost)
            {
                host.Note($"project '{project.Id}' has no cost; it is left out");
                continue;
            }
            ordinals.Add(project.Id, projects.Count);
            projects.Add(new FundProject(project.Id, cost));
        }
        var builder = new ElectionBuilder(projects, money);
        var entries = new List<BallotEntry>();
        foreach (var ballot in file.Ballots)
        {
            entries.Clear();
            foreach (var choice in ballot.Choices)
            {
                if (ordinals.TryGetValue(choice.Project, out var ordinal))
                    entries.Add(new BallotEntry(ordinal, choice.Points));
            }
            builder.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
        }
        return builder.Build();
    }

    private static void Tell(CliHost host, string path, IReadOnlyList<PbProblem> problems, string kind, string plural)
    {
        var name = TerminalText.Clean(path);
        foreach (var problem in problems.Take(Shown))
            host.Note($"{(problem.Line > 0 ? $"{name}:{problem.Line}" : name)}: {kind}: {problem.Text}");
        if (problems.Count > Shown)
            host.Note($"{name}: and {problems.Count - Shown} more {plural}");
    }
}
