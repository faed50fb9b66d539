using Azure.Core;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>A credential whose failures can be told from all others: each library of credentials has exceptions of its own.</summary>
internal sealed class ExplainedCredential(TokenCredential inner) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(requestContext, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new SignInException(e);
        }
    }

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new SignInException(e);
        }
    }
}

/// <summary>No token could be had.</summary>
internal sealed class SignInException(Exception inner) : Exception(inner.Message, inner);
