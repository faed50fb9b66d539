using System.Security.Cryptography;
using System.Text;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway;

namespace IdeaVote.Server;

/// <summary>The administrator's token of a server that was given none: made at the first start, in a file only its owner can read.</summary>
internal static class AdminTokenFile
{
    public const string Name = "admin-token";

    /// <summary>Reads the token, or makes one.</summary>
    /// <exception cref="JournalException">The file holds no token.</exception>
    public static string ReadOrMake(string path)
    {
        if (File.Exists(path))
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length >= GatewayOptions.MinAdminTokenChars
                ? token
                : throw new JournalException($"The file {path} holds no token of at least {GatewayOptions.MinAdminTokenChars} characters. Delete it to have a new one made.");
        }
        var fresh = "iv_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        // A start that is cut short must not leave half a token behind: the file gets its name when it is whole.
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(fresh + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path);
        return fresh;
    }
}
