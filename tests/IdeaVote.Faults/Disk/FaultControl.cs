using System.IO.MemoryMappedFiles;
using System.Text;

namespace IdeaVote.Faults.Disk;

/// <summary>What <c>faultdisk.c</c> is told, in memory shared with the process it stands in; mirrors its <c>struct control</c>.</summary>
internal sealed class FaultControl : IDisposable
{
    private const int Bytes = 4096;
    private const int OnlyAt = 9 * sizeof(long);
    private const int OnlyBytes = 64;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;

    public FaultControl(string path)
    {
        Path = path;
        File.WriteAllBytes(path, new byte[Bytes]);
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        view = file.CreateViewAccessor(0, Bytes);
        RoomBytes = -1;
    }

    public string Path { get; }

    /// <summary>How many changes of files there were.</summary>
    public long Operations => view.ReadInt64(0);

    /// <summary>The change in whose middle power fails; 0 for none.</summary>
    public long PowerOffAt { set => view.Write(8, value); }

    /// <summary>By how much files may still grow; negative for no limit.</summary>
    public long RoomBytes { set => view.Write(16, value); }

    /// <summary>How many of the next syncs fail.</summary>
    public long SyncErrors { get => view.ReadInt64(24); set => view.Write(24, value); }

    /// <summary>How many of the next writes fail.</summary>
    public long WriteErrors { get => view.ReadInt64(32); set => view.Write(32, value); }

    /// <summary>Whether syncs report success and do nothing.</summary>
    public bool Lies { set => view.Write(40, value ? 1L : 0); }

    /// <summary>How long each write and sync takes.</summary>
    public TimeSpan Delay { set => view.Write(48, (long)value.TotalMicroseconds); }

    /// <summary>By how much the clock is wrong.</summary>
    public TimeSpan ClockOffset { set => view.Write(56, (long)value.TotalMilliseconds); }

    /// <summary>How many calls were made to fail.</summary>
    public long Injected => view.ReadInt64(64);

    /// <summary>How the names of the files begin whose writes and syncs fail; empty for any.</summary>
    public string Only
    {
        set
        {
            var bytes = new byte[OnlyBytes];
            Encoding.ASCII.GetBytes(value, bytes);
            view.WriteArray(OnlyAt, bytes, 0, OnlyBytes);
        }
    }

    /// <summary>Ends all that was asked for.</summary>
    public void Heal()
    {
        (PowerOffAt, RoomBytes, SyncErrors, WriteErrors, Lies) = (0, -1, 0, 0, false);
        (Delay, ClockOffset, Only) = (TimeSpan.Zero, TimeSpan.Zero, "");
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
