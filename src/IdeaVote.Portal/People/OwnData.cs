using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Persons;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.People;

/// <summary>What the server knows of a person, to take along or to have erased.</summary>
internal static class OwnData
{
    /// <summary>Maps it.</summary>
    public static void MapOwnData(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/me/export", handlers.ExportAsync, Scopes.Vote);
        routes.MapForm("/me/delete", handlers.DeleteByFormAsync, Scopes.Vote);
        routes.MapDelete("/me", handlers.DeleteAsync).WithMetadata(ByCallersSession.Mark).Requires(Scopes.Vote);
    }

    private const int MaxPasswordBytes = 4 * 1024;

    private sealed class Handlers(
        Visits visits, IEngine engine, IAccountStore store, AccountBook accounts, AccountDesk desk, ITextStore texts, CampaignCatalog catalog, PersonEraser eraser,
        VoteDesk votes, Pseudonyms pseudonyms, IAntiforgery antiforgery, Throttle throttle)
    {
        public async Task ExportAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var account = visit.Account!;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=ideavote.json";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter.AsStream(), new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            json.WriteStartObject("account");
            json.WriteString("email", account.Email);
            json.WriteBoolean("confirmed", account.IsConfirmed);
            json.WriteString("name", account.Name);
            json.WriteString("created", account.Created.ToDateTimeOffset());
            json.WriteString("language", account.Language);
            json.WriteBoolean("hidesProfile", account.HidesProfile);
            json.WriteEndObject();
            json.WriteStartArray("ballots");
            foreach (var campaign in await catalog.ListAsync(context.RequestAborted))
            {
                var voter = await votes.ReadAsync(campaign, visit.Caller, context.RequestAborted);
                if (voter.Version > 0)
                    JsonSerializer.Serialize(json, BallotBody.Of(campaign, voter), VotesJson.Default.BallotBody);
            }
            json.WriteEndArray();
            json.WriteStartArray("texts");
            foreach (var owned in await texts.OfPersonAsync(account.Person, context.RequestAborted))
            {
                if (await texts.GetAsync(owned.Id, context.RequestAborted) is not { } document)
                    continue;
                json.WriteStartObject();
                json.WriteString("belongsTo", owned.Stream.Kind.ToString().ToLowerInvariant());
                json.WriteString("id", owned.Stream.Key.ToString());
                json.WritePropertyName("content");
                json.WriteRawValue(document.Content.Span);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(context.RequestAborted);
        }

        public async Task DeleteByFormAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignIn);
            var account = visits.Of(context).Account!;
            if ((await desk.CheckAsync(account.Email, form["confirm"], context.RequestAborted)).Account is null)
            {
                context.SeeOther("/me", new Notice("notice.wrongPassword", IsProblem: true));
                return;
            }
            await EraseAsync(context, account, withdraw: form["votes"] == "withdraw");
            context.SeeOther("/", new Notice("notice.erased"));
        }

        public async Task DeleteAsync(HttpContext context)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
                throw new ApiException(StatusCodes.Status400BadRequest, "form_expired", "Send the token of a form in the header RequestVerificationToken.");
            var votes = context.Request.Query["votes"].ToString();
            if (votes is not ("keep" or "withdraw"))
                throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", "Say votes=keep or votes=withdraw.", "votes");
            // As the form does: a session that somebody else got hold of must not be enough.
            throttle.CountAddress(context, Act.SignIn);
            var account = visits.Of(context).Account!;
            var password = (await RequestBody.ReadAsync(context, PasswordJson.Default.PasswordBody, MaxPasswordBytes)).Password;
            if ((await desk.CheckAsync(account.Email, password, context.RequestAborted)).Account is null)
                throw new ApiException(StatusCodes.Status403Forbidden, "wrong_password", "This is not the account's password.", "password");
            await EraseAsync(context, account, votes == "withdraw");
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        /// <summary>Each step may be repeated, and the account goes last: who is interrupted signs in again and repeats it.</summary>
        private async Task EraseAsync(HttpContext context, Account account, bool withdraw)
        {
            var caller = visits.Of(context).Caller;
            if (withdraw)
            {
                foreach (var campaign in await catalog.ListAsync(CancellationToken.None))
                {
                    var voter = await votes.ReadAsync(campaign, caller, CancellationToken.None);
                    if (voter.Ballot.Held > 0)
                        await WithdrawAsync(campaign, caller);
                }
            }
            var (_, _, failed) = await eraser.EraseAsync(Sessions.VoterOf(account.Id), caller.Actor);
            if (failed is { } reply)
                VoteDesk.Require(reply);
            await store.EraseAsync(account.Id, CancellationToken.None);
            accounts.Forget(account.Id);
            await Sessions.EndAsync(context);
        }

        /// <summary>Where votes can't be taken back any more (voting has closed, or votes are final), they stay counted without a name.</summary>
        private async ValueTask WithdrawAsync(CampaignView campaign, Caller caller)
        {
            var voter = pseudonyms.Voter(campaign.Id, caller.RequireVoter());
            var reply = await engine.SendAsync(StreamId.Of(campaign.Id, voter), new SetBallot([], [], []) { Order = [], Duels = [] }, CancellationToken.None);
            if (reply.Kind is not (ReplyKind.Accepted or ReplyKind.Refused))
                VoteDesk.Require(reply);
        }
    }
}

/// <summary>What erasing an account asks for.</summary>
/// <param name="Password">The account's password.</param>
public sealed record PasswordBody(string Password);

/// <summary>Reads it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(PasswordBody))]
internal sealed partial class PasswordJson : JsonSerializerContext;
