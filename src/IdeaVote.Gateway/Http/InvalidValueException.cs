using System.Text.Json;

namespace IdeaVote.Gateway.Http;

/// <summary>A converter does not take a value; the message says why, for the caller to read.</summary>
public sealed class InvalidValueException(string message) : JsonException(message);
