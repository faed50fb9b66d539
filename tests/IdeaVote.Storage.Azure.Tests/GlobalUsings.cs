global using IdeaVote.Engine.Conformance.Support;
global using IdeaVote.Storage.Azure.Connections;
global using IdeaVote.Storage.Azure.Tests.Fakes;
global using IdeaVote.Storage.Azure.Tests.Server;
global using Shouldly;
global using Xunit;
