using IdeaVote.Domain.Allocation;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using IdeaVote.Domain.Ideas;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>
/// Writes an election in the .pb format of Pabulib (pabulib.org/format): META, PROJECTS, VOTES. Voters are running numbers in the order of
/// their first votes. Read back, it is the same election.
/// </summary>
/// <param name="campaign">The campaign.</param>
/// <param name="election">Its votes.</param>
/// <param name="setup">Its ideas.</param>
/// <param name="counted">What is counted, for the file's comment.</param>
internal sealed class PbFile(CampaignView campaign, CampaignElection election, PbIdeas setup, string counted)
{
    private const int FlushBytes = 32 * 1024;

    private readonly VoteWeights weights = new(election);

    /// <summary>Writes it, as fast as the caller reads and no faster.</summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellation)
    {
        var (votes, scores, voters, unit) = Count();
        WriteMeta(output, voters, unit);
        await WriteProjectsAsync(output, votes, scores, unit, cancellation);
        Line(output, HasPoints ? "VOTES\nvoter_id;vote;points" : "VOTES\nvoter_id;vote");
        var line = new StringBuilder();
        var voter = 0;
        for (var place = 0; place < election.Votes.Places; place++)
        {
            if (election.Votes.Of(place).IsEmpty)
                continue;
            // Whoever took all votes back leaves no gap: read back and written again, the numbers are the same.
            WriteBallot(line, ++voter, place, unit);
            Line(output, line.ToString());
            if (output.UnflushedBytes >= FlushBytes)
                await output.FlushAsync(cancellation);
        }
        await output.FlushAsync(cancellation);
    }

    private bool HasPoints => election.From is CountFrom.Investments or CountFrom.Ratings;

    // Means of stars become whole points by the largest part of a star that all of them are multiples of.
    private (long[] Votes, long[] Scores, long Voters, int Unit) Count()
    {
        var (votes, scores, voters, unit) = (new long[election.Ideas.Count], new long[election.Ideas.Count], 0L, weights.Unit);
        for (var place = 0; place < election.Votes.Places; place++)
        {
            var ballot = election.Votes.Of(place);
            voters += ballot.IsEmpty ? 0 : 1;
            foreach (var vote in ballot)
            {
                var weight = weights.Of(vote);
                votes[vote.Idea]++;
                scores[vote.Idea] += weight;
                unit = Gcd(unit, weight);
            }
        }
        return (votes, scores, voters, HasPoints ? unit : 1);
    }

    private void WriteMeta(PipeWriter output, long voters, int unit)
    {
        Line(output, "META\nkey;value");
        Meta("description", campaign.Text.Title);
        Meta("instance", campaign.Key);
        Meta("num_projects", Text(setup.Ideas.Count));
        Meta("num_votes", Text(voters));
        Meta("budget", election.Rules?.Fund is { } fund ? Text(Numbers.Plain(fund)) : null);
        Meta("currency", campaign.Text.Unit);
        Meta("vote_type", election.From switch
        {
            CountFrom.Approvals => "approval",
            CountFrom.Investments => "cumulative",
            CountFrom.Ratings => "scoring",
            _ => "ordinal",
        });
        Meta("max_length", election.From switch
        {
            CountFrom.Approvals => election.Rules?.Approve?.Max is { } most ? Text(most) : null,
            CountFrom.Ranks => election.Rules?.Rank is { } rule ? Text(rule.MaxLength) : null,
            _ => null,
        });
        Meta("max_sum_points", election.From == CountFrom.Investments && election.Rules?.Invest is { } invest ? Text(invest.BudgetCredits) : null);
        Meta("comment", election.From == CountFrom.Ratings ? $"{weights.Unit / unit} points are one star, {counted}" : counted);

        void Meta(string key, string? value)
        {
            if (value is not null)
                Line(output, $"{key};{Field(value)}");
        }
    }

    private async Task WriteProjectsAsync(PipeWriter output, long[] votes, long[] scores, int unit, CancellationToken cancellation)
    {
        Line(output, "PROJECTS\nproject_id;cost;votes;score;name;category");
        foreach (var ordinal in setup.Ideas)
        {
            var idea = election.Ideas[ordinal];
            var text = setup.Text(idea);
            var id = setup.IdOf(ordinal)!;
            // What is not ranked any more can't be bought; it only keeps its place in orders.
            var cost = idea.Status.IsRanked() && idea.Cost is { } known ? Text(Numbers.Plain(known)) : "";
            // As an import takes them: commas separate them, and letters in another case make no other tag.
            var tags = string.Join(',', (text?.Tags ?? []).Select(tag => tag.Replace(',', ' ').Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));
            Line(output, $"{Field(id)};{cost};{votes[ordinal]};{scores[ordinal] / unit};{Field(text?.Title ?? id)};{Field(tags)}");
            if (output.UnflushedBytes >= FlushBytes)
                await output.FlushAsync(cancellation);
        }
    }

    private void WriteBallot(StringBuilder line, int voter, int place, int unit)
    {
        line.Clear().Append(CultureInfo.InvariantCulture, $"{voter};");
        var ids = new StringBuilder();
        var points = new StringBuilder();
        foreach (var vote in election.Votes.Of(place))
        {
            if (setup.IdOf(vote.Idea) is not { } id)
                continue;
            ids.Append(ids.Length > 0 ? "," : "").Append(id);
            points.Append(points.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{weights.Of(vote) / unit}");
        }
        line.Append(Field(ids.ToString()));
        if (HasPoints)
            line.Append(';').Append(points);
    }

    private static void Line(PipeWriter output, string text)
    {
        Encoding.UTF8.GetBytes(text, output);
        Encoding.UTF8.GetBytes("\n", output);
    }

    /// <summary>A value that reads as one field: in quotes where it would not.</summary>
    internal static string Field(string value) =>
        value.AsSpan().ContainsAny(";\"\r\n") ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : value;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Gcd(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
