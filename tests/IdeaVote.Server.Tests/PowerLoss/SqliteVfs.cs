using System.Runtime.InteropServices;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>SQLite's <c>sqlite3_vfs</c>, version 3; what is not replaced has no type here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfs
{
    public int Version;
    public int FileBytes;
    public int MaxPath;
    public SqliteVfs* Next;
    public byte* Name;
    public void* Data;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, nint*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, int, int> Delete;
    private fixed long others[14];
}

/// <summary>SQLite's <c>sqlite3_io_methods</c>, version 3; a file begins with a pointer to it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<nint*, int> Close;
    public void* Read;
    public delegate* unmanaged[Cdecl]<nint*, void*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<nint*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<nint*, int, int> Sync;
    private fixed long others[13];
}
