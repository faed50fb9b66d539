using IdeaVote.Silo;

return await SiloCommand.Create().Parse(args).InvokeAsync(SiloCommand.Invocation);
