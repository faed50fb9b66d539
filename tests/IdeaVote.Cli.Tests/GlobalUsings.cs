global using IdeaVote.Cli.Tests.Support;
global using Shouldly;
global using Xunit;
