using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>The same ids in every run, by number.</summary>
public static class Names
{
    public static TextRef Text { get; } = new(new TextId(Of("text")), new string('0', 64));

    public static CampaignId Campaign(int number) => new(Of($"campaign {number}"));

    public static IdeaId Idea(int number) => new(Of($"idea {number}"));

    public static VoterId Voter(int number) => new(Of($"voter {number}"));

    public static TermId Segment(int number) => new(Of($"segment {number}"));

    public static CommandId Command(string name) => new(Of($"command {name}"));

    private static Id Of(string name) => Id.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
