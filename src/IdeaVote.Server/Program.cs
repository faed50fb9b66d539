using IdeaVote.Server;

return await ServerCommand.Create().Parse(args).InvokeAsync(ServerCommand.Invocation);
