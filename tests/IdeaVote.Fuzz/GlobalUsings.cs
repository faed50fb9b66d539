global using IdeaVote.Fuzz.Generate;
global using Shouldly;
global using Xunit;
