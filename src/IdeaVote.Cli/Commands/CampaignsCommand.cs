using System.CommandLine;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote campaigns</c>: lists the campaigns.</summary>
internal static class CampaignsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Json);
        var command = new ExampleCommand("campaigns", "Lists the campaigns.", details: "", "ideavote campaigns", "ideavote campaigns --format json")
        {
            format,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var json = await connection.Connect(parsed).GetAsync<JsonElement>("campaigns", cancel);
            var campaigns = ApiJson.Read<Page<Campaign>>(json).Items;
            if (parsed.GetValue(format) == OutputFormat.Json)
                JsonOutput.Write(host.Out, json);
            else
                TableOutput.Write(host.Out, host.OutWidth, ["campaign", "stage", "methods", "title"], campaigns.Select(each => Row(each)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(Campaign campaign) => [campaign.Id, campaign.Stage ?? "", string.Join(", ", Methods(campaign)), campaign.Title ?? ""];

    private static IEnumerable<string> Methods(Campaign campaign)
    {
        if (campaign.Approve is not null)
            yield return "approve";
        if (campaign.Rate is { ValueKind: JsonValueKind.Object })
            yield return "rate";
        if (campaign.Invest is not null)
            yield return "invest";
    }
}
