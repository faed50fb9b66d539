using System.Security.Cryptography;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Ballots;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>A campaign with the ideas A, B and C, where everything but the engine's disk is real.</summary>
internal sealed class TinyElection
{
    private static readonly CampaignText Words = new("tiny", "Tiny", "", ["open"], ["overall"], null, []);

    private readonly Rules rules;

    public TinyElection(WhoMayVote who = WhoMayVote.Anyone)
    {
        rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), new InvestRule(100, null, null),
            VotesCanChange: true, ScoresHidden: false, null, who, [], Moderated: false);
        Campaign = Pseudonyms.Campaign("tiny");
        Send(StreamId.Of(Campaign), new CreateCampaign(Text("campaign"), Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Vote, null)]));
        foreach (var reference in new[] { "A", "B", "C" })
            Send(StreamId.Of(Campaign, Pseudonyms.IdeaOfReference(Campaign, reference)), new SubmitIdea(Text(reference), [], null, null));
    }

    public Pseudonyms Pseudonyms { get; } = new(new byte[32]);

    public CampaignId Campaign { get; }

    public TinyEngine Engine { get; } = new();

    public FakeRoll Roll { get; } = new();

    public CampaignView View => new(
        Campaign,
        Words,
        Engine.Query(Campaign, (board, _) => board.Campaign));

    public BallotIntake Intake() => new(Engine, new Electors(Pseudonyms, Roll), Pseudonyms, View, _ => ValueTask.FromResult(View));

    public BallotStream Stream() => new(Intake(), (ballot, refusal) =>
        BallotBlame.ExplainAsync(Engine, Campaign, refusal, ballot.Votes!, new Viewer(false, false, ballot.Voter)),
        _ => ValueTask.FromResult(true));

    public int Approvals(string reference) =>
        Engine.Query(Campaign, (board, _) => board.Find(Pseudonyms.IdeaOfReference(Campaign, reference))!.Approvals);

    public Voter Voter(string name) =>
        (Voter)Engine.ReadAsync(StreamId.Of(Campaign, Pseudonyms.Voter(Campaign, name))).AsTask().GetAwaiter().GetResult().State!;

    private static TextRef Text(string text) => new(
        new TextId(Id.FromBytes(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))), new string('0', 64));

    private void Send(StreamId stream, Command command) =>
        Engine.SendAsync(stream, command).AsTask().GetAwaiter().GetResult().Refusal.ShouldBeNull();

    /// <summary>A voter roll; nothing else of an access store is asked for.</summary>
    internal sealed class FakeRoll : IAccessStore
    {
        public Dictionary<VoterId, RollEntry> Entries { get; } = [];

        public ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) =>
            ValueTask.FromResult(Entries.GetValueOrDefault(voter));

        public ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask AddTokenAsync(TokenRecord token, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask PutRollAsync(CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Id>> EraseAsync(
            PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
