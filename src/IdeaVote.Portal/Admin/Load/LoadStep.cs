namespace IdeaVote.Portal.Admin.Load;

/// <summary>What happened in one step of five seconds.</summary>
public sealed class LoadStep
{
    /// <summary>Its number since the start; -1 before it was ever used.</summary>
    public long Number { get; set; } = -1;

    /// <summary>The requests, by class.</summary>
    public RequestCount[] Requests { get; private set; } = new RequestCount[Enum.GetValues<RouteClass>().Length];

    /// <summary>Events made durable.</summary>
    public long Events { get; set; }

    /// <summary>Commands answered by one commit.</summary>
    public Spread Batches { get; set; }

    /// <summary>How long commits took, in seconds.</summary>
    public Spread Commits { get; set; }

    /// <summary>Forgets everything, for a new step.</summary>
    public void Begin(long number)
    {
        Number = number;
        Array.Clear(Requests);
        (Events, Batches, Commits) = (0, default, default);
    }

    /// <summary>A copy that does not change any more.</summary>
    public LoadStep Copy() => new() { Number = Number, Requests = [.. Requests], Events = Events, Batches = Batches, Commits = Commits };
}

/// <summary>What requests are counted together.</summary>
public enum RouteClass
{
    /// <summary>Pages and forms.</summary>
    Pages,

    /// <summary>The API.</summary>
    Api,

    /// <summary>Style, scripts and pictures.</summary>
    Assets,

    /// <summary>Streams of live changes, counted when they end.</summary>
    Live,

    /// <summary>Everything else, with what leads nowhere.</summary>
    Other,
}

/// <summary>Requests of one class.</summary>
/// <param name="Count">How many.</param>
/// <param name="Refused">How many were refused: 4xx.</param>
/// <param name="Failed">How many failed: 5xx.</param>
/// <param name="Seconds">How long they took together.</param>
public readonly record struct RequestCount(long Count, long Refused, long Failed, double Seconds)
{
    /// <summary>With one more.</summary>
    public RequestCount With(double seconds, int status) =>
        new(Count + 1, Refused + (status is >= 400 and < 500 ? 1 : 0), Failed + (status >= 500 ? 1 : 0), Seconds + seconds);

    /// <summary>With those of another step.</summary>
    public RequestCount With(RequestCount other) =>
        new(Count + other.Count, Refused + other.Refused, Failed + other.Failed, Seconds + other.Seconds);
}

/// <summary>Measurements of one kind.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Largest">The largest; 0 if there are none.</param>
public readonly record struct Spread(long Count, double Sum, double Largest)
{
    /// <summary>The mean; 0 if there are none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    /// <summary>With one more.</summary>
    public Spread With(double value) => new(Count + 1, Sum + value, Math.Max(Largest, value));

    /// <summary>With those of another step.</summary>
    public Spread With(Spread other) => new(Count + other.Count, Sum + other.Sum, Math.Max(Largest, other.Largest));
}
