using IdeaVote.Engine.Texts;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Support;

public static class DocumentAssertions
{
    /// <summary>Memories of equal bytes are not equal, so a document's equality says nothing.</summary>
    public static void ShouldBeSameAs(this TextDocument? actual, TextDocument expected)
    {
        actual.ShouldNotBeNull();
        (actual.Id, actual.Stream, actual.Owner).ShouldBe((expected.Id, expected.Stream, expected.Owner));
        actual.Salt.ToArray().ShouldBe(expected.Salt.ToArray());
        actual.Content.Span.SequenceEqual(expected.Content.Span).ShouldBeTrue("The contents differ.");
        actual.ToRef().ShouldBe(expected.ToRef());
    }
}
