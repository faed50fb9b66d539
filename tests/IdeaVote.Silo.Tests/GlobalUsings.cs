global using IdeaVote.Domain.Kernel;
global using IdeaVote.Server.Tests.Support;
global using Shouldly;
global using Xunit;
