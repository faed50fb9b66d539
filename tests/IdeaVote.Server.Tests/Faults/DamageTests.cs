namespace IdeaVote.Server.Tests.Faults;

/// <summary>A server whose data is damaged says so and does not serve.</summary>
[Collection(SampleDataUsers.Name)]
public class DamageTests(SampleData sample)
{
    [Theory]
    [InlineData("journal.db")]
    [InlineData("texts.db")]
    [InlineData("access.db")]
    public async Task A_file_with_a_damaged_header_is_named(string name)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Overwrite(folder.DataFile(name), 20, 0x55);
        await ShouldRefuseAsync(folder, folder.DataFile(name), "Stop the server and put a backup in its place.");
    }

    [Fact]
    public async Task A_journal_that_is_no_database_is_named()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        File.WriteAllText(folder.DataFile("journal.db"), string.Concat(Enumerable.Repeat("This is no journal. ", 1_000)));
        await ShouldRefuseAsync(folder, folder.DataFile("journal.db"), "is not a database");
    }

    [Fact]
    public async Task Garbage_in_the_middle_of_the_journal_is_noticed()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        // Everything is to be folded again, so everything is read.
        DataFile.Execute(folder.DataFile("journal.db"), "DELETE FROM checkpoint");
        using (var file = new FileStream(folder.DataFile("journal.db"), FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(new byte[4096]);
        }
        await ShouldRefuseAsync(folder, "journal");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bit_flipped_in_the_last_event_is_noticed_and_the_event_named(bool wasKilled)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data, wasKilled);
        var head = DataFile.ReadNumber(folder.DataFile("journal.db"), "SELECT max(position) FROM journal");
        DataFile.FlipBit(folder.DataFile("journal.db"), "journal", "body", $"position = {head}").ShouldBe(1);
        await ShouldRefuseAsync(folder, $"Event {head} of the journal", "Restore the data folder from a backup.");
    }

    [Fact]
    public async Task A_bit_flipped_in_an_older_event_is_noticed_when_it_is_folded()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Execute(folder.DataFile("journal.db"), "DELETE FROM checkpoint");
        DataFile.FlipBit(folder.DataFile("journal.db"), "journal", "body", "position = 100").ShouldBe(1);
        await ShouldRefuseAsync(folder, "Event 100 of the journal", "Restore the data folder from a backup.");
    }

    [Fact]
    public async Task An_event_that_is_missing_is_named()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Execute(folder.DataFile("journal.db"), "DELETE FROM checkpoint; DELETE FROM journal WHERE position = 100");
        await ShouldRefuseAsync(folder, "100");
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_left_alone()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Execute(folder.DataFile("journal.db"), "PRAGMA user_version = 99");
        await ShouldRefuseAsync(folder, folder.DataFile("journal.db"), "another version of IdeaVote");
    }

    [Fact]
    public async Task A_journal_without_the_secret_of_its_ids_is_refused_every_time()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        foreach (var path in Directory.GetFiles(folder.Data, "access.db*"))
            File.Delete(path);
        await ShouldRefuseAsync(folder, folder.Data, "access.db");
        // A first refusal must leave nothing behind that a second start takes for the secret.
        await ShouldRefuseAsync(folder, folder.Data, "access.db");
    }

    private static async Task ShouldRefuseAsync(TempFolder folder, params string[] messages)
    {
        var exit = await ServerProcess.RunAsync(new ServerLaunch(folder.Data));
        exit.Code.ShouldBe(ServerCommand.Failed, exit.Output);
        exit.Output.ShouldNotContain("Listening on");
        exit.ShouldSayOneLine();
        foreach (var message in messages)
            exit.Errors.ShouldContain(message);
    }
}
