using System.Net.Http.Headers;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>A program erases the account it is signed in with.</summary>
public sealed class ErasureTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task It_takes_the_password_again()
    {
        using var ann = host.Browser();
        var email = PortalHost.NewEmail();
        await ann.SignUpAsync(email);
        var token = (await ann.GetAsync("/me")).Token;

        (await EraseAsync("""{"password":"wrong horse 42"}""")).Status.ShouldBe(403);
        (await EraseAsync("{}")).Status.ShouldBe(400);
        (await ann.IsSignedInAsync()).ShouldBeTrue();

        (await EraseAsync($$"""{"password":"{{PortalHost.Password}}"}""")).Status.ShouldBe(204);
        (await ann.IsSignedInAsync()).ShouldBeFalse();
        (await ann.SignInAsync(email)).Status.ShouldBe(422);

        Task<PageView> EraseAsync(string body)
        {
            var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            content.Headers.TryAddWithoutValidation("RequestVerificationToken", token);
            return ann.AskAsync(HttpMethod.Delete, "/me?votes=keep", content);
        }
    }
}
