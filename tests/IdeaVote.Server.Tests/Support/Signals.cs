using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IdeaVote.Server.Tests.Support;

/// <summary>Asks processes of this test to end, as an operator does.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    public static void SendTerminate(int process)
    {
        if (Kill(process, Terminate) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
