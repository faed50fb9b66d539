namespace IdeaVote.Domain.Kernel;

/// <summary>Names a campaign; a keyed hash of its slug.</summary>
public readonly record struct CampaignId(Id Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names an idea within its campaign; a keyed hash of its reference or of its creating request.</summary>
public readonly record struct IdeaId(Id Value) : IComparable<IdeaId>
{
    /// <inheritdoc/>
    public int CompareTo(IdeaId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a voter within one campaign; a keyed hash of the id the caller uses, so campaigns can't be joined by it.</summary>
public readonly record struct VoterId(Id Value) : IComparable<VoterId>
{
    /// <inheritdoc/>
    public int CompareTo(VoterId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a thread of comments within its campaign; a keyed hash of its creating request.</summary>
public readonly record struct ThreadId(Id Value) : IComparable<ThreadId>
{
    /// <inheritdoc/>
    public int CompareTo(ThreadId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a comment within its thread; a keyed hash of its creating request. That of a thread's first comment is the thread's own.</summary>
public readonly record struct CommentId(Id Value) : IComparable<CommentId>
{
    /// <inheritdoc/>
    public int CompareTo(CommentId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Stands for a short text that must not enter the journal: a tag, a segment, a mail domain. A keyed hash of it.</summary>
public readonly record struct TermId(Id Value) : IComparable<TermId>
{
    /// <inheritdoc/>
    public int CompareTo(TermId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a document of the text store; random.</summary>
public readonly record struct TextId(Id Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names one attempt to change something, the same for each repetition of it.</summary>
public readonly record struct CommandId(Id Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names who acted for the team (a token's random id), never a person.</summary>
public readonly record struct ActorId(Id Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
