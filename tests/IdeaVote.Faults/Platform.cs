using System.Runtime.Versioning;

// Processes are ended by signals and files limited by the shell, as Unix does it.
[assembly: UnsupportedOSPlatform("windows")]
