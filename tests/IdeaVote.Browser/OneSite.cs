namespace IdeaVote.Browser;

/// <summary>Tests that get on with each other on one server, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<Site>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "one site";
}
