using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>Values whose particulars do not matter, different at every call, the same for one seed.</summary>
public sealed class Some(int seed = 1)
{
    public Random Random { get; } = new(seed);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }

    public Id Id() => Domain.Kernel.Id.FromBytes(Bytes(Domain.Kernel.Id.ByteLength));

    public CampaignId Campaign() => new(Id());

    public IdeaId Idea() => new(Id());

    public VoterId Voter() => new(Id());

    public TermId Term() => new(Id());

    public TextId Text() => new(Id());

    public PersonId Person() => new(Id());

    /// <summary>A word that no other text has: 24 letters.</summary>
    public string Word() => string.Create(24, Random, (chars, random) =>
    {
        for (var i = 0; i < chars.Length; i++)
            chars[i] = (char)('a' + random.Next(26));
    });

    public TextDocument Document(PersonId? owner = null, byte[]? content = null, TextId? id = null) => new(
        id ?? Text(), StreamId.Of(Campaign(), Idea()), owner, Bytes(16), content ?? Bytes(Random.Next(1, 2_000)));
}
