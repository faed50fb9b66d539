using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IdeaVote.Portal.Http;

/// <summary>Reads the forms that people send.</summary>
/// <param name="antiforgery">Knows the tokens of our own forms.</param>
public sealed class Forms(IAntiforgery antiforgery)
{
    /// <summary>The largest form, in bytes: a body of 20,000 characters, each of three bytes and escaped, and all the rest.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxFields = 500;

    /// <summary>Reads a form that one of our own pages sent.</summary>
    /// <exception cref="ApiException">400 <c>invalid_form</c> or <c>form_expired</c>, 413 <c>too_large</c>.</exception>
    public async ValueTask<Form> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        // What our pages send. Other encodings, and parts that break off, would fail in the framework.
        if (request.GetTypedHeaders().ContentType is not { } type || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw Invalid();
        if (request.ContentLength > MaxBytes)
            throw new ApiException(StatusCodes.Status413PayloadTooLarge, "too_large", "The form is too large.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBytes;
        context.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions
        {
            ValueCountLimit = MaxFields,
            KeyLengthLimit = 200,
            ValueLengthLimit = MaxBytes,
            BufferBodyLengthLimit = MaxBytes,
        }));
        IFormCollection fields;
        try
        {
            fields = await request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw Invalid();
        }
        if (!await antiforgery.IsRequestValidAsync(context))
            throw new ApiException(StatusCodes.Status400BadRequest, "form_expired", "The form is too old, or was not ours. Load the page again and repeat.");
        return new Form(fields);
    }

    private static ApiException Invalid() => new(StatusCodes.Status400BadRequest, "invalid_form", "This is no form that can be read.");
}

/// <summary>What somebody filled in.</summary>
/// <param name="fields">The fields.</param>
public sealed class Form(IFormCollection fields)
{
    /// <summary>A field's text; empty if it is not there. Of several, the first.</summary>
    public string this[string name] => fields[name] is [{ } first, ..] ? first : "";

    /// <summary>A field's text; null if it is empty or not there.</summary>
    public string? Maybe(string name) => this[name] is { Length: > 0 } text ? text : null;

    /// <summary>Whether a box is ticked.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>All texts of a field.</summary>
    public IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>()];

    /// <summary>A whole number; null if the field holds none.</summary>
    public int? Number(string name) =>
        int.TryParse(this[name], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The names of the fields.</summary>
    public IEnumerable<string> Names => fields.Keys;
}
