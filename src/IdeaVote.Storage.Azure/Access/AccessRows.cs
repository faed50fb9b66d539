using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>The rows of tokens.</summary>
internal static class AccessRows
{
    /// <summary>The partition of all tokens; its row keys are their ids.</summary>
    public const string Tokens = "tokens";

    /// <summary>When a token was added, in ticks; sets an order among those issued in the same millisecond.</summary>
    public const string Added = "Added";

    private const string Voter = "Voter";
    private const string Person = "Person";
    private const string Address = "Address";
    private const string Created = "Created";
    private const string Expires = "Expires";

    /// <summary>The row of a token.</summary>
    public static TableEntity Write(TokenRecord token, long added)
    {
        var row = new TableEntity(Tokens, token.Id.ToString())
        {
            [nameof(token.Hash)] = token.Hash,
            [nameof(token.Name)] = token.Name,
            [nameof(token.Scopes)] = (int)token.Scopes,
            [Created] = token.Created.UnixMilliseconds,
            [Added] = added,
        };
        if (token.Voter is not null)
            row[Voter] = token.Voter;
        if (token.Person is { } person)
            row[Person] = person.ToString();
        if (token.Address is not null)
            row[Address] = token.Address;
        if (token.Expires is { } expires)
            row[Expires] = expires.UnixMilliseconds;
        return row;
    }

    /// <summary>The token of a row.</summary>
    public static TokenRecord Read(TableEntity row) => new(
        row.Id(nameof(row.RowKey)), row.Bytes(nameof(TokenRecord.Hash)), row.Text(nameof(TokenRecord.Name)),
        (Scopes)row.SmallNumber(nameof(TokenRecord.Scopes)), row.GetString(Voter),
        row.IdOrNull(Person) is { } person ? new PersonId(person) : null, row.GetString(Address),
        new Instant(row.Number(Created)), row.GetInt64(Expires) is { } expires ? new Instant(expires) : null);

    /// <summary>A filter: the tokens of a person.</summary>
    public static string TokensOf(PersonId person) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Tokens} and Person eq {person.ToString()}");
}
