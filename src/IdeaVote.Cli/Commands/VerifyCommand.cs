using System.CommandLine;
using System.IO.Compression;
using IdeaVote.Cli.Import;
using IdeaVote.Cli.Verify;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote verify EXPORT</c>: recomputes an election from its exported feed alone.</summary>
internal static class VerifyCommand
{
    private const int PieceBytes = 1024 * 1024;

    // What is smaller takes less than about a second.
    private const long ShownFromBytes = 8 * PieceBytes;

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host)
    {
        var export = new Argument<string>("EXPORT") { Description = "The feed as export wrote it, or published ballots; with .gz at its end, compressed." };
        var head = new Option<string>("--head") { Description = "A head that was kept apart, as the API gives it: what it vouches for must be in the file.", HelpName = "HEAD.json" };
        var key = new Option<string>("--key") { Description = "The public keys to trust: a file, a server's address, or the address of its /.well-known/ideavote-keys.json.", HelpName = "KEYS" };
        var leaderboard = new Option<string>("--leaderboard") { Description = "A leaderboard to compare, JSON or CSV.", HelpName = "FILE" };
        var portfolio = new Option<string>("--portfolio") { Description = "A portfolio to compare, JSON or CSV.", HelpName = "FILE" };
        var ofPortfolio = PortfolioParameters.Names.Select(static name => (Name: name, Option: new Option<string>("--" + name) { Description = $"The portfolio's {name}, if the file does not say." })).ToArray();
        var by = new Option<string>("--by") { Description = "What that leaderboard ranks by, if the file does not say." };
        by.AcceptOnlyFromAmong([.. RankByNames.All]);
        var command = new ExampleCommand(
            "verify",
            "Recomputes an election from its exported feed or its published ballots, without the server.",
            """
            Follows the hash chain of every partition, lives through all events, recounts ballots and tallies, and compares them
            with the signed head at the end of the file, or with one that was kept apart. Says in one line what agrees and what was not
            checked, or which line does not agree. A leaderboard or portfolio is counted again as of the position and with the parameters
            that it names; the row that differs is named. Published ballots (export --what published) are counted again and compared with the
            tally that the server signed for the ballots as they were cast. Titles are not compared, for the feed holds no text. Without --key anyone could have signed: compare the key's name yourself.
            Exit codes: 0 all that was checked agrees, 1 something does not, 2 usage, 3 a file cannot be read, 4 the keys cannot be.
            """,
            "ideavote verify wola.jsonl --key https://ideas.example.com",
            "ideavote verify wola.jsonl --head published-head.json --key keys.json",
            "ideavote verify wola.jsonl --leaderboard ranking.csv --portfolio funded.json",
            "ideavote verify published.jsonl --key https://ideas.example.com --leaderboard ranking.csv")
        {
            export,
            head,
            key,
            leaderboard,
            by,
            portfolio,
        };
        foreach (var (_, option) in ofPortfolio)
            command.Add(option);
        command.Runs(host, async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(export);
            try
            {
                var trusted = parsed.GetValue(key) is { } source ? await TrustedKeys.ReadAsync(host, source, cancel) : null;
                var kept = parsed.GetValue(head) is { } file ? Keep(file) : null;
                var checks = new List<CountedCheck>();
                if (parsed.GetValue(leaderboard) is { } ranked)
                    checks.Add(RankingCheck.Of(ranked, parsed.GetValue(by)));
                if (parsed.GetValue(portfolio) is { } funded)
                    checks.Add(PortfolioCheck.Of(funded, Given(parsed, ofPortfolio), cancel.ThrowIfCancellationRequested));
                var verifier = new ExportVerifier(kept, checks);
                using var published = new PublicationVerifier(checks);
                if (await ReadAsync(host, path, verifier, published, cancel))
                {
                    host.Out.WriteLine($"{path} agrees: {published.Finish(kept, trusted)}");
                    return ExitCodes.Done;
                }
                verifier.Finish();
                var verdict = Verdict.Of(verifier, kept, trusted);
                var campaign = (kept?.Head ?? verifier.Head!).Campaign;
                var compared = checks.ConvertAll(check => "; " + check.Finish(verifier.Replay, campaign, verifier.Ballots));
                host.Out.WriteLine($"{path} agrees: {verdict}{string.Concat(compared)}");
                return ExitCodes.Done;
            }
            catch (DisagreementException e)
            {
                host.Out.WriteLine($"{path} does not agree: {e.Message}");
                return ExitCodes.Disagrees;
            }
        });
        return command;
    }

    private static Dictionary<string, string> Given(ParseResult parsed, IEnumerable<(string Name, Option<string> Option)> options) =>
        options.Where(each => parsed.GetValue(each.Option) is not null).ToDictionary(static each => each.Name, each => parsed.GetValue(each.Option)!, StringComparer.Ordinal);

    private static KeptHead Keep(string path)
    {
        try
        {
            var head = SignedHead.Read(File.ReadAllBytes(path).AsSpan().Trim(" \t\r\n"u8));
            head.CheckSignature();
            return new KeptHead(head);
        }
        catch (AuditException e)
        {
            throw new DisagreementException($"the head {path}: {e.Message}");
        }
    }

    /// <summary>Reads the file.</summary>
    /// <returns>Whether it is of published ballots, rather than a feed.</returns>
    private static async Task<bool> ReadAsync(CliHost host, string path, ExportVerifier verifier, PublicationVerifier published, CancellationToken cancel)
    {
        var isPublished = false;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, PieceBytes);
        await using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        if (file.Length < ShownFromBytes)
        {
            Read(stream, Take, static () => { }, cancel);
            return isPublished;
        }
        IImportProgress progress = host.Terminal is { } terminal ? new BarProgress(terminal) : new PlainProgress(host.Error, host.Time);
        var shown = 0L;
        // On a thread of its own, so that the bar moves meanwhile.
        await progress.RunAsync("MiB verified", (int)(file.Length / PieceBytes), step => Task.Run(
            () => Read(stream, Take, () =>
            {
                for (; shown < file.Position / PieceBytes; shown++)
                    step();
            }, cancel),
            cancel));
        return isPublished;

        void Take(long number, ReadOnlySpan<byte> line)
        {
            isPublished |= number == 1 && PublishedElection.IsBegin(line);
            if (isPublished)
                published.Take(number, line);
            else
                verifier.Take(number, line);
        }
    }

    private delegate void TakeLine(long number, ReadOnlySpan<byte> line);

    private static void Read(Stream stream, TakeLine take, Action step, CancellationToken cancel)
    {
        const int LinesBetweenSteps = 1_000;
        var lines = new ExportLines(stream);
        while (lines.TryRead(out var line))
        {
            take(lines.Number, line);
            if (lines.Number % LinesBetweenSteps != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            step();
        }
    }
}
