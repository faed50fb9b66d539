using System.Security.Cryptography;
using System.Text;

namespace IdeaVote.Domain.Tests.Support;

/// <summary>The people, things and moments that tests speak of.</summary>
public static class Sample
{
    public static readonly CampaignId TheCampaign = new(IdOf("campaign"));

    public static readonly IdeaId Park = IdeaOf("park");
    public static readonly IdeaId Bench = IdeaOf("bench");
    public static readonly IdeaId Tree = IdeaOf("tree");
    public static readonly IdeaId Unknown = IdeaOf("nobody submitted this");

    public static readonly VoterId Ann = VoterOf("ann");
    public static readonly VoterId Bob = VoterOf("bob");

    /// <summary>A thread, and the comment it begins with.</summary>
    public static readonly ThreadId First = new(CommentOf("first").Value);

    public static readonly TermId North = Term("north");
    public static readonly TermId South = Term("south");

    /// <summary>Every method is on, without limits but a budget of 100 credits; anyone votes, and may think again.</summary>
    public static readonly Rules Plain = new(
        new ApproveRule(null), new RateRule([1m, 2m]), new InvestRule(100, null, null),
        VotesCanChange: true, ScoresHidden: false, Fund: null, WhoMayVote.Anyone, [], Moderated: false);

    public static readonly Stage Open = new(Allows.Submit | Allows.Discuss | Allows.Vote, null);
    public static readonly Stage Submitting = new(Allows.Submit | Allows.Discuss, null);
    public static readonly Stage Voting = new(Allows.Vote | Allows.Discuss, null);
    public static readonly Stage Review = new(Allows.Discuss, null);
    public static readonly Stage Closed = new(Allows.None, null);

    public static Id IdOf(string name) => Id.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static IdeaId IdeaOf(string name) => new(IdOf("idea " + name));

    public static VoterId VoterOf(string name) => new(IdOf("voter " + name));

    public static CommentId CommentOf(string name) => new(IdOf("comment " + name));

    public static TermId Term(string name) => new(IdOf("term " + name));

    public static CommandId Attempt(int number) => new(IdOf($"attempt {number}"));

    public static TextRef Doc(string name) =>
        new(new TextId(IdOf("text " + name)), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    /// <summary>A moment: so many seconds after all began.</summary>
    public static Instant T(int seconds) => new(1_800_000_000_000 + seconds * 1_000L);

    /// <summary>The same stage, starting by itself.</summary>
    public static Stage From(this Stage stage, Instant starts) => stage with { Starts = starts };

    /// <summary>A campaign as its creation leaves it.</summary>
    public static Campaign CampaignWith(Rules rules, params Stage[] stages) =>
        (Campaign)Campaign.None.Apply(new RecordedEvent(
            StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, rules, [.. stages])));
}
