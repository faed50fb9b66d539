using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class SlugsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("budget-2026")]
    [InlineData("a--b-")]
    public void Slugs_are_taken(string slug) => Slugs.IsValid(slug).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("ä")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    public void Others_are_not(string slug) => Slugs.IsValid(slug).ShouldBeFalse();

    [Fact]
    public void The_longest_is_63_characters()
    {
        Slugs.IsValid(new string('a', 63)).ShouldBeTrue();
        Slugs.IsValid(new string('a', 64)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ann@example.com", "example.com")]
    [InlineData("\"a@b\"@Sub.Example.COM", "sub.example.com")]
    public void Addresses_have_a_domain(string address, string domain)
    {
        Addresses.IsValid(address).ShouldBeTrue();
        Addresses.DomainOf(address).ShouldBe(domain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@exam ple.com")]
    [InlineData("ann@example.com\r\nX: y")]
    public void Others_are_no_addresses(string? address) => Addresses.IsValid(address).ShouldBeFalse();
}
