namespace IdeaVote.Server;

/// <summary>The addresses a server is told to listen on.</summary>
internal static class ListenUrls
{
    /// <summary>Checks them. Nothing at all would make the web server choose an address of its own.</summary>
    /// <exception cref="FormatException">There is none, or one is wrong; the message names it.</exception>
    public static void Check(string urls)
    {
        var each = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (each.Length == 0)
            throw Wrong(urls);
        foreach (var url in each)
            if (!IsAddress(url))
                throw Wrong(url);
    }

    private static bool IsAddress(string url)
    {
        try
        {
            // Takes what no other parser does, such as http://*:5080 and http://unix:/path.
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", Host.Length: > 0, Port: >= 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static FormatException Wrong(string url) => new($"'{url}' is no address to listen on; give one like http://localhost:5080 with --urls.");
}
