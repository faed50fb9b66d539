global using IdeaVote.Engine.Conformance.Support;
global using IdeaVote.Storage.Postgres.Tests.Server;
global using Shouldly;
global using Xunit;
