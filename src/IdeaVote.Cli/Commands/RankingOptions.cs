using System.CommandLine;
using System.Globalization;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary>What can be asked of a campaign's ranking besides what it ranks by. Each option is a parameter of the server's, which judges it.</summary>
internal sealed class RankingOptions
{
    private readonly (Option<string> Option, string Parameter)[] all =
    [
        (Text("--criterion", "KEY", "Rank by this criterion of a rating alone."), "criterion"),
        (Text("--tag", "TAG", "Only ideas with this tag."), "tag"),
        (Text("--status", "LIST", "Only ideas of these statuses, with commas between."), "status"),
        (Text("--segment", "NAME", "Only the votes of this segment. Needs the scope export."), "segment"),
        (Text("--from", "TIME", "Only votes first cast at this time or later. Needs the scope export."), "from"),
        (Text("--to", "TIME", "Only votes first cast before this time. Needs the scope export."), "to"),
        (Text("--weights", "LIST", "What segments' votes weigh, such as north:2,south:0.5. Needs the scope export."), "weights"),
        (Text("--as-of", "TIME|POSITION", "The ranking as it was. Needs the scope export."), "asOf"),
        (Text("--prior-votes", "N", "For bayesian: how many ratings the prior is worth."), "priorVotes"),
        (Text("--prior-mean", "N", "For bayesian: what an idea without a rating is taken to be."), "priorMean"),
        (Text("--places", "N", "For needs-votes: how many places there are to win."), "places"),
        (Text("--pool", "AMOUNT", "For quadratic: money to split among the ideas in the race."), "pool"),
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _) in all)
            command.Add(option);
    }

    /// <summary>The first option that is given; null for none.</summary>
    public string? FirstGiven(ParseResult parsed) => Array.Find(all, each => parsed.GetValue(each.Option) is not null).Option?.Name;

    /// <summary>The path of the ranking.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="by">What to rank by.</param>
    /// <param name="top">How many rows.</param>
    public string Path(ParseResult parsed, string campaign, string by, int top)
    {
        var path = new QueryPath($"campaigns/{Uri.EscapeDataString(campaign)}/leaderboard")
            .With("by", by)
            .With("top", top.ToString(CultureInfo.InvariantCulture));
        foreach (var (option, parameter) in all)
            path.With(parameter, parsed.GetValue(option));
        return path.ToString();
    }

    private static Option<string> Text(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };
}
