using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Texts;

/// <summary>
/// The rows of texts: each text in a partition of its own, so that nothing limits how many are read or written at once; and each
/// person's texts by name in a partition of theirs.
/// </summary>
internal static class TextRows
{
    /// <summary>The row key of a text in its own partition.</summary>
    public const string Row = "text";

    private const string Owner = "Owner";
    private const string Salt = "Salt";

    /// <summary>The partition of a text.</summary>
    public static string PartitionOf(TextId id) => $"t-{id}";

    /// <summary>The partition that lists a person's texts.</summary>
    public static string PartitionOf(PersonId person) => $"p-{person}";

    /// <summary>The row of a text.</summary>
    public static TableEntity Write(TextDocument document)
    {
        var row = new TableEntity(PartitionOf(document.Id), Row) { [Salt] = document.Salt.ToArray() };
        if (document.Owner is { } owner)
            row[Owner] = owner.ToString();
        row.SetStream(document.Stream);
        Chunks.Put(row, document.Content.Span);
        return row;
    }

    /// <summary>The text of a row.</summary>
    public static TextDocument Read(TextId id, TableEntity row) =>
        new(id, row.Stream(), OwnerOf(row), row.Bytes(Salt), Chunks.Get(row));

    /// <summary>Whose text a row is; null for the team's.</summary>
    public static PersonId? OwnerOf(TableEntity row) => row.IdOrNull(Owner) is { } owner ? new PersonId(owner) : null;

    /// <summary>The row that lists a text among its owner's.</summary>
    public static TableEntity List(TextDocument document, PersonId owner)
    {
        var row = new TableEntity(PartitionOf(owner), document.Id.ToString());
        row.SetStream(document.Stream);
        return row;
    }

    /// <summary>The text that a listing row names.</summary>
    public static TextId Listed(TableEntity row) => new(row.Id(nameof(row.RowKey)));
}
