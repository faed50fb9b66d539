using IdeaVote.Engine;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Audit;

/// <summary>Reads the parameter <c>position</c>, which asks for how things stood there.</summary>
internal static class WantedPosition
{
    /// <summary>The position asked for; null for none.</summary>
    /// <exception cref="ApiException">400 <c>invalid_position</c>.</exception>
    public static Position? Wanted(this Positions positions, IQueryCollection query)
    {
        var text = query["position"].ToString();
        return text.Length == 0 ? null : positions.Read(text, "position");
    }
}
