using System.IO.Compression;
using IdeaVote.Fuzz.Api;
using IdeaVote.Fuzz.Commands;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Files;

/// <summary>Whatever stands in a backup: it is restored, or refused in so many words. Of a server of its own, so that a backup is small.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class BackupFuzzTests(FuzzedServer server, ITestOutputHelper output) : IClassFixture<FuzzedServer>, IDisposable
{
    private const int Permille = 8;

    private readonly FileTrial trial = new(server, output);

    public void Dispose() => trial.Dispose();

    [Theory]
    [InlineData("whole.tar", "--check")]
    [InlineData("whole.tar.gz", "--check")]
    [InlineData("whole.tar", "--data", "{new}")]
    public async Task Any_backup_is_restored_or_refused(string name, params string[] how)
    {
        await trial.VotedAsync("backup");
        var plain = trial.Folder.File("backup.tar");
        (await Shell.RunAsync(server.Address, "backup", plain)).Code.ShouldBe(0);
        var whole = await File.ReadAllBytesAsync(plain);
        // A changed byte of what is compressed mostly is no compressed file any more: half are compressed anew.
        await trial.FuzzAsync(
            name, whole,
            (_, random) => !name.EndsWith(".gz", StringComparison.Ordinal) ? ByteMutator.Mutate(whole, random)
                : random.OneIn(2) ? Compressed(ByteMutator.Mutate(whole, random)) : ByteMutator.Mutate(Compressed(whole), random),
            Permille, ["restore", "{file}", .. how]);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var zipped = new GZipStream(to, CompressionLevel.Fastest))
            zipped.Write(bytes);
        return to.ToArray();
    }
}
