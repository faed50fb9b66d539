using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Access;

/// <summary>Idempotency keys: the first to claim one wins, and only for a day.</summary>
internal static class Claims
{
    public static Claim Claim(SqliteSession session, Id key, Id fingerprint, Instant now)
    {
        var oldest = now.UnixMilliseconds - (long)IAccessStore.ClaimLifetime.TotalMilliseconds;
        session.Execute(AccessTables.ForgetClaims, oldest);
        var (keyBytes, fingerprintBytes) = (key.ToBytes(), fingerprint.ToBytes());
        if (session.Scalar(AccessTables.GetClaim, keyBytes, oldest) is byte[] before)
            return before.AsSpan().SequenceEqual(fingerprintBytes) ? Engine.Access.Claim.Repeated : Engine.Access.Claim.Reused;
        session.Execute(AccessTables.PutClaim, keyBytes, fingerprintBytes, now.UnixMilliseconds);
        return Engine.Access.Claim.New;
    }
}
