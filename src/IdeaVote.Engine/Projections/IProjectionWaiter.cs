namespace IdeaVote.Engine.Projections;

/// <summary>Lets a reader wait for a projection that follows on its own.</summary>
public interface IProjectionWaiter
{
    /// <summary>Waits until a projection includes a position.</summary>
    /// <param name="projection">The projection's <see cref="IProjection.Name"/>.</param>
    /// <param name="position">The position.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False if it took longer.</returns>
    ValueTask<bool> WaitAsync(string projection, Position position, TimeSpan patience, CancellationToken cancellation = default);
}
