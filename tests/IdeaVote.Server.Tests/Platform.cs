using System.Runtime.Versioning;

// Processes are ended by signals and files limited by the shell, as Unix does it.
[assembly: UnsupportedOSPlatform("windows")]

// They wait more for processes and disks than they compute: two for each processor of a small machine.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 4)]
