using System.Net;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>What Prometheus scrapes of a real server. Reading it (<see cref="Scrape"/>) has checked the form.</summary>
[Collection(ObservedServers.Name)]
public sealed class ScrapeTests(ObservedServer observed)
{
    [Fact]
    public void Whoever_has_a_token_for_it_may_scrape()
    {
        observed.ScrapeAnswers.ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK]);
    }

    [Fact]
    public void Both_forms_tell_of_the_same_samples()
    {
        var plain = observed.Plain.Samples.Select(Series).ToHashSet(StringComparer.Ordinal);
        // The first scrape is itself measured for the second.
        var open = observed.Open.Samples.Where(sample => sample.Labels.GetValueOrDefault("http_route") != "/metrics").Select(Series);

        open.Where(series => !series.StartsWith("kestrel", StringComparison.Ordinal)).Except(plain).ShouldBeEmpty();
    }

    [Fact]
    public void Counters_gauges_and_histograms_are_told_by_the_names_that_the_convention_gives_them()
    {
        var families = observed.Open.Families;

        families["http_server_request_duration_seconds"].ShouldBe(("histogram", "seconds"));
        families["ideavote_commit_duration_seconds"].ShouldBe(("histogram", "seconds"));
        families["ideavote_turns"].ShouldBe(("counter", ""));
        families["ideavote_journal_written_bytes"].ShouldBe(("counter", "bytes"));
        families["ideavote_storage_free_bytes"].ShouldBe(("gauge", "bytes"));
        families["ideavote_listeners"].ShouldBe(("gauge", ""));
        families["target"].ShouldBe(("info", ""));
        observed.Plain.Families["ideavote_turns_total"].Kind.ShouldBe("counter");
        observed.Plain.Families["target_info"].Kind.ShouldBe("gauge");
        observed.Open.Of("target_info").Single().Labels["service_name"].ShouldBe("ideavote");
    }

    [Fact]
    public void They_tell_what_the_server_did()
    {
        // 40 approvals and one rating of two ideas; one vote was refused; the campaign and its ideas are events as well.
        observed.Plain.Of("ideavote_events_total").Single().Value.ShouldBe(44);
        observed.Plain.Of("ideavote_journal_position").Single().Value.ShouldBe(44);
        observed.Plain.Of("ideavote_refusals_total").Single(sample => sample.Labels["code"] == "budget_exceeded").Value.ShouldBe(1);
        observed.Plain.Of("ideavote_listeners").Single(sample => sample.Labels["stream"] == "feed").Value.ShouldBe(1);
        observed.Plain.Of("ideavote_mails_total").Single(sample => sample.Labels["outcome"] == "failed").Value.ShouldBe(1);
        observed.Plain.Of("ideavote_journal_sync_duration_seconds_count").Single().Value.ShouldBeGreaterThanOrEqualTo(4);
        observed.Plain.Of("ideavote_storage_size_bytes").Select(sample => sample.Labels["database"]).ShouldContain("journal");
        observed.Plain.Of("ideavote_projection_lag").Select(sample => sample.Labels["projection"]).ShouldBe(["backers", "discussions", "invitations", "news", "search"], ignoreOrder: true);
    }

    [Fact]
    public void A_bucket_names_a_trace_that_fell_into_it()
    {
        var known = observed.Receiver.Spans.Select(span => $"trace_id=\"{span.Trace}\",span_id=\"{span.Id}\"").ToHashSet(StringComparer.Ordinal);

        var exemplars = observed.Open.Of("http_server_request_duration_seconds_bucket").Where(sample => sample.Exemplar is not null).Select(sample => sample.Exemplar!).ToList();
        exemplars.ShouldNotBeEmpty();
        exemplars.ShouldBeSubsetOf(known);
        observed.Open.Of("ideavote_commit_duration_seconds_bucket").Where(sample => sample.Exemplar is not null).Select(sample => sample.Exemplar!).ShouldBeSubsetOf(known);
        observed.Open.Of("ideavote_commit_duration_seconds_bucket").ShouldContain(sample => sample.Exemplar != null);
    }

    // The two forms spell a bucket's bound differently.
    private static string Series(Sample sample) =>
        $"{sample.Name} {string.Join(',', sample.Labels.Select(label => label.Key == "le" ? label.Value.Replace(".0", "", StringComparison.Ordinal) : $"{label.Key}={label.Value}"))}";
}
