using System.Security.Cryptography;
using System.Text;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Tests;

public sealed class TextDocumentTests
{
    [Fact]
    public void Events_name_a_document_and_the_hash_of_its_salt_and_content()
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var content = Encoding.UTF8.GetBytes("{\"title\":\"A park\"}");
        var document = new TextDocument(new TextId(IdOf("document")), StreamId.Of(TheCampaign), null, salt, content);

        var text = document.ToRef();

        text.Id.ShouldBe(document.Id);
        text.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([.. salt, .. content])));
        (document with { Salt = RandomNumberGenerator.GetBytes(16) }).ToRef().ShouldNotBe(text);
    }
}
