global using IdeaVote.Engine.Conformance.Support;
global using IdeaVote.Storage.Sqlite.Tests.Support;
global using Shouldly;
global using Xunit;
