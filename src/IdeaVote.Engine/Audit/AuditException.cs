namespace IdeaVote.Engine.Audit;

/// <summary>What is said to have happened can't have happened: a chain, a value or a signature does not hold.</summary>
/// <param name="message">What does not hold, as a sentence without its end.</param>
public class AuditException(string message) : Exception(message);

/// <summary>A chain does not hold: what is there was changed, whatever it says.</summary>
/// <param name="message">What does not hold, as a sentence without its end.</param>
public sealed class ChainException(string message) : AuditException(message);
