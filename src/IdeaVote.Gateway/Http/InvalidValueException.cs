using System.Text.Json;

namespace IdeaVote.Gateway.Http;

/// <summary>A converter does not take a value.</summary>
/// <param name="expected">What the value must be, for the caller to read: it completes "The field … must be".</param>
public sealed class InvalidValueException(string expected) : JsonException(expected);
