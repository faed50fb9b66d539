global using IdeaVote.Server.Tests.Support;
global using IdeaVote.Server.Tests.Votes;
global using Shouldly;
global using Xunit;
