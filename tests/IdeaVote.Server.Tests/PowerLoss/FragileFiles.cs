using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>
/// A layer between SQLite and the file system (a "VFS") that passes everything on and tells a <see cref="FragileDisk"/> what is written,
/// synced and deleted in its folder. Files elsewhere are untouched by it. It becomes SQLite's default, so that the
/// stores under test open their files as ever.
/// </summary>
internal static unsafe partial class FragileFiles
{
    private const int Ok = 0;

    private static readonly ConcurrentDictionary<string, FragileDisk> Disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, OpenFile> Files = new();
    private static readonly ConcurrentDictionary<nint, nint> Methods = new();
    private static readonly SqliteVfs* Below = Install();

    private sealed record OpenFile(FragileDisk Disk, string Name, nint Below)
    {
        public SqliteFileMethods* MethodsBelow => (SqliteFileMethods*)Below;
    }

    /// <summary>Watches a disk's folder from now on: all files that are opened in it.</summary>
    /// <returns>Ends the watching, when all its files are closed.</returns>
    public static IDisposable Watch(FragileDisk disk)
    {
        if (Below is null || !Disks.TryAdd(disk.Folder, disk))
            throw new InvalidOperationException($"{disk.Folder} is watched already.");
        return new Watching(disk.Folder);
    }

    private sealed class Watching(string folder) : IDisposable
    {
        public void Dispose() => Disks.TryRemove(folder, out _);
    }

    private static SqliteVfs* Install()
    {
        SQLitePCL.Batteries_V2.Init();
        var below = Find(null);
        var vfs = (SqliteVfs*)NativeMemory.Alloc((nuint)sizeof(SqliteVfs));
        *vfs = *below;
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8("fragile");
        vfs->Open = &Open;
        vfs->Delete = &Delete;
        return Register(vfs, 1) == Ok ? below : throw new InvalidOperationException("SQLite did not take the layer.");
    }

    private static (FragileDisk Disk, string Name)? Watched(byte* path)
    {
        var text = Marshal.PtrToStringUTF8((nint)path);
        return text is not null && Disks.TryGetValue(Path.GetDirectoryName(text) ?? "", out var disk) ? (disk, Path.GetFileName(text)) : null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteVfs* vfs, byte* path, nint* file, int flags, int* flagsOut)
    {
        var result = Below->Open(Below, path, file, flags, flagsOut);
        if (result != Ok || Watched(path) is not var (disk, name))
            return result;
        disk.Open(name);
        Files[(nint)file] = new OpenFile(disk, name, *file);
        *file = Methods.GetOrAdd(*file, static below => Wrap(below));
        return Ok;
    }

    private static nint Wrap(nint below)
    {
        var methods = (SqliteFileMethods*)NativeMemory.Alloc((nuint)sizeof(SqliteFileMethods));
        *methods = *(SqliteFileMethods*)below;
        methods->Close = &Close;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        return (nint)methods;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(SqliteVfs* vfs, byte* path, int syncsFolder)
    {
        var result = Below->Delete(Below, path, syncsFolder);
        if (result == Ok && Watched(path) is var (disk, name))
            disk.Delete(name, syncsFolder != 0);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint* file)
    {
        Files.TryRemove((nint)file, out var open);
        *file = open!.Below;
        return open.MethodsBelow->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint* file, void* bytes, int count, long offset)
    {
        var open = Files[(nint)file];
        var result = open.MethodsBelow->Write(file, bytes, count, offset);
        if (result == Ok)
            open.Disk.Write(open.Name, offset, new ReadOnlySpan<byte>(bytes, count));
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint* file, long length)
    {
        var open = Files[(nint)file];
        var result = open.MethodsBelow->Truncate(file, length);
        if (result == Ok)
            open.Disk.Truncate(open.Name, length);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint* file, int flags)
    {
        // The real disk is not going to fail; only the imagined one has to be told.
        var open = Files[(nint)file];
        open.Disk.Sync(open.Name);
        return Ok;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial SqliteVfs* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Register(SqliteVfs* vfs, int makesDefault);
}
