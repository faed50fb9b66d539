using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Embedded;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Journal;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>An embedded engine on a folder, so eager to write, save and forget that a short run sees everything it does.</summary>
internal sealed class PoweredEngine : IAsyncDisposable
{
    public const int Ideas = 3;

    private static readonly TextRef Text = new(new TextId(IdOf("text", 0)), new string('0', 64));
    private readonly SqliteJournal journal;

    private PoweredEngine(SqliteJournal journal, EmbeddedEngine engine) => (this.journal, Engine) = (journal, engine);

    public static CampaignId Campaign { get; } = new(IdOf("campaign", 0));

    public EmbeddedEngine Engine { get; }

    public static IdeaId Idea(int number) => new(IdOf("idea", number));

    public static StreamId Voter(int number) => StreamId.Of(Campaign, new VoterId(IdOf("voter", number)));

    /// <summary>Opens the engine; where the folder is new, makes a campaign that invests.</summary>
    public static async Task<PoweredEngine> OpenAsync(string folder, SqliteSynchronous synchronous)
    {
        var journal = new SqliteJournal(
            Path.Combine(folder, "journal.db"), new SqliteFileOptions { Synchronous = synchronous, CheckpointPages = 20 });
        var options = new EmbeddedOptions
        {
            CacheWeight = 60,
            DirtyWeight = 100,
            RestartEvents = 60,
            BoardSnapshotEvents = 30,
            Idle = TimeSpan.FromMilliseconds(1),
        };
        var engine = await EmbeddedEngine.StartAsync(journal, SqliteJournal.Partition, journal.Snapshots, [], options, TimeProvider.System);
        var rules = new Rules(
            null, null, new InvestRule(1_000_000_000, null, null), VotesCanChange: true, ScoresHidden: false, null, WhoMayVote.Anyone, [], Moderated: false);
        await engine.SendAsync(
            StreamId.Of(Campaign), new CreateCampaign(Text, Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null)]));
        for (var idea = 0; idea < Ideas; idea++)
            await engine.SendAsync(StreamId.Of(Campaign, Idea(idea)), new SubmitIdea(Text, [], null, null));
        return new PoweredEngine(journal, engine);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        journal.Dispose();
    }

    private static Id IdOf(string kind, int number) => Id.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {number}")));
}
