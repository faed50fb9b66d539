using System.Text.Json.Serialization;

namespace IdeaVote.Engine.Backup;

/// <summary>What a backup holds: the last but one of its files, <see cref="BackupNames.Manifest"/>.</summary>
/// <param name="Format">The form of the backup, <see cref="CurrentFormat"/>. A newer one is refused.</param>
/// <param name="Version">The version of the product that wrote it, for people.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Events">How many events the journal had then, all of which are included.</param>
/// <param name="Campaigns">What each campaign's chain had come to.</param>
/// <param name="Files">Every file before this one, in order.</param>
public sealed record BackupManifest(
    int Format, string Version, DateTimeOffset At, long Events, IReadOnlyList<BackupChain> Campaigns, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The form that is written.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>A campaign's chain of hashes.</summary>
/// <param name="Id">The campaign's id, as in its events.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Head">The hash of the last of them, 64 hexadecimal digits.</param>
public sealed record BackupChain(string Id, long Events, string Head);

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>The names of a backup's files.</summary>
public static class BackupNames
{
    /// <summary>Tokens, rolls, and the secrets that ids and heads are made with.</summary>
    public const string Access = "access.db";

    /// <summary>What people wrote.</summary>
    public const string Texts = "texts.db";

    /// <summary>Who signs in.</summary>
    public const string Accounts = "accounts.db";

    /// <summary>What the pieces of the journal are called before their number.</summary>
    public const string Journal = "journal/";

    /// <summary>The manifest.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The manifest's SHA-256, as <c>sha256sum</c> writes it: the last file, without which a backup is not whole.</summary>
    public const string ManifestHash = "manifest.sha256";

    /// <summary>The databases, in the order in which they are copied.</summary>
    public static IReadOnlyList<string> Databases { get; } = [Access, Texts, Accounts];

    /// <summary>The name of a piece of the journal.</summary>
    /// <param name="number">Its number, from 1.</param>
    public static string Piece(int number) => $"{Journal}{number:000000}";
}

/// <summary>The manifest's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(BackupManifest))]
public sealed partial class BackupJson : JsonSerializerContext;
