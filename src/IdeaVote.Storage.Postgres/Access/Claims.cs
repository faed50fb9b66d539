using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Access;

/// <summary>Idempotency keys: the first to claim one wins, and only for a day.</summary>
internal static class Claims
{
    /// <summary>Claims a key, in the caller's transaction.</summary>
    public static async Task<Claim> ClaimAsync(NpgsqlConnection connection, Id key, Id fingerprint, Instant now)
    {
        var oldest = now.UnixMilliseconds - (long)IAccessStore.ClaimLifetime.TotalMilliseconds;
        await using var take = connection.Command(AccessTables.TakeClaim)
            .With(key).With(fingerprint).With(now.UnixMilliseconds).With(oldest);
        if (await take.ExecuteNonQueryAsync(CancellationToken.None) == 0)
        {
            await using var get = connection.Command(AccessTables.GetClaim).With(key);
            var before = (byte[])(await get.ExecuteScalarAsync(CancellationToken.None))!;
            return before.AsSpan().SequenceEqual(fingerprint.ToBytes()) ? Claim.Repeated : Claim.Reused;
        }
        await using var forget = connection.Command(AccessTables.ForgetClaims).With(oldest);
        await forget.ExecuteNonQueryAsync(CancellationToken.None);
        return Claim.New;
    }
}
