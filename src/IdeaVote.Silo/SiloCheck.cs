using System.Net;
using IdeaVote.Engine.Partitions;
using IdeaVote.Gateway;

namespace IdeaVote.Silo;

/// <summary>Checks what a process is told, before anything is touched.</summary>
internal static class SiloCheck
{
    /// <summary>Checks the options.</summary>
    /// <exception cref="FormatException">One is wrong or missing; the message says which and what to do.</exception>
    public static void Check(SiloOptions options)
    {
        if (options.ServesPeople)
            ListenUrls.Check(options.Urls);
        if (options.AdminToken is null && options.Storage == SiloStorage.Localhost)
            throw new FormatException($"Set IDEAVOTE_ADMIN_TOKEN to {GatewayOptions.MinAdminTokenChars} or more characters: without it nobody can make a campaign here.");
        if (options.Partitions is < 1 or > PartitionMap.MaxPartitions)
            throw new FormatException($"--partitions is 1 to {PartitionMap.MaxPartitions}.");
        CheckPort(options.SiloPort, "--silo-port");
        CheckPort(options.GatewayPort, "--gateway-port");
        if (options.Address is { } address && !IPAddress.TryParse(address, out _))
            throw new FormatException($"--address is an IP address such as 10.0.0.4, not '{address}'.");
        if (options.Cluster.Length is < 1 or > 60 || !options.Cluster.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new FormatException("--cluster is 1 to 60 letters, digits and hyphens.");
        CheckStorage(options);
    }

    private static void CheckStorage(SiloOptions options)
    {
        switch (options.Storage)
        {
            case SiloStorage.Localhost when options.Role != SiloRole.Both:
                throw new FormatException("--storage localhost keeps everything in one process, so --role must be both. Choose postgres or azure for more processes.");
            case SiloStorage.Localhost when options.Folder is not null:
                throw new FormatException("--storage localhost keeps nothing, so there is no use for --data. Leave it out, or choose postgres or azure.");
            case SiloStorage.Postgres when string.IsNullOrWhiteSpace(options.Journal):
                throw new FormatException("--storage postgres needs the database in IDEAVOTE_JOURNAL, such as \"Host=db;Database=ideavote;Username=ideavote\".");
            case SiloStorage.Postgres when string.IsNullOrWhiteSpace(options.Redis):
                throw new FormatException("--storage postgres needs the Redis server in IDEAVOTE_REDIS, such as \"redis:6379\", for the cluster's membership.");
            case SiloStorage.Azure when string.IsNullOrWhiteSpace(options.Account):
                throw new FormatException("--storage azure needs the storage account in IDEAVOTE_AZURE: a connection string, or the address of its tables, such as https://account.table.core.windows.net, for the managed identity.");
            default:
                break;
        }
    }

    private static void CheckPort(int port, string name)
    {
        if (port is < 1 or > 65_535)
            throw new FormatException($"{name} is 1 to 65535.");
    }
}
