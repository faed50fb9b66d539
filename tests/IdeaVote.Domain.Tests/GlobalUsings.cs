global using IdeaVote.Domain.Campaigns;
global using IdeaVote.Domain.Ideas;
global using IdeaVote.Domain.Kernel;
global using IdeaVote.Domain.Projections;
global using IdeaVote.Domain.Tests.Support;
global using IdeaVote.Domain.Voters;
global using Shouldly;
global using Xunit;
global using static IdeaVote.Domain.Tests.Support.Sample;
