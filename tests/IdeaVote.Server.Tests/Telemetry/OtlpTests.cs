using System.Text.Json;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>What a collector receives of a server: a vote's way from the request to the disk, what is measured, and what was logged meanwhile.</summary>
[Collection(ObservedServers.Name)]
public sealed class OtlpTests(ObservedServer observed)
{
    private OtlpReceiver Received => observed.Receiver;

    [Fact]
    public void A_vote_can_be_followed_from_its_request_through_its_turn_to_its_commit()
    {
        var spans = Received.Spans.Where(span => span.Trace == ObservedServer.VoteTrace).ToList();

        var request = spans.ShouldHaveSingle(span => span.Kind == OtlpSpan.Server);
        request.Name.ShouldBe("PUT /api/v1/campaigns/{c}/ideas/{i}/rating");
        request.Parent.ShouldBe(ObservedServer.VoteSpan);
        request.Tag("http.request.method").ShouldBe("PUT");
        request.Tag("http.route").ShouldBe("/api/v1/campaigns/{c}/ideas/{i}/rating");
        request.Tag("http.response.status_code").ShouldBe("200");
        request.Tag("url.scheme").ShouldBe("http");
        request.Tag("network.protocol.version").ShouldBe("1.1");

        var turn = spans.ShouldHaveSingle(span => span.Name == "turn cast_rating");
        turn.Scope.ShouldBe("IdeaVote.Engine");
        turn.Parent.ShouldBe(request.Id);
        turn.Tag("ideavote.aggregate.kind").ShouldBe("voter");
        turn.Tag("ideavote.command.name").ShouldBe("cast_rating");
        turn.Tag("ideavote.turn.outcome").ShouldBe("accepted");
        turn.Events.ShouldBe(["decided"]);

        var commit = Received.Spans.ShouldHaveSingle(span => span.Name == "commit" && span.Links.Contains(turn.Id));
        turn.Links.ShouldBe([commit.Id]);
        int.Parse(commit.Tag("ideavote.batch.events")).ShouldBeGreaterThan(0);
        request.Nanoseconds.ShouldBeGreaterThanOrEqualTo(turn.Nanoseconds);
        turn.Nanoseconds.ShouldBeGreaterThanOrEqualTo(commit.Nanoseconds);
    }

    [Fact]
    public void A_refused_vote_says_why_on_its_turn_and_on_its_request_and_is_no_error()
    {
        var spans = Received.Spans.Where(span => span.Trace == ObservedServer.RefusedTrace).ToList();

        var turn = spans.ShouldHaveSingle(span => span.Name == "turn cast_investment");
        turn.Tag("ideavote.turn.outcome").ShouldBe("refused");
        turn.Tag("ideavote.refusal.code").ShouldBe("budget_exceeded");
        turn.Links.ShouldBeEmpty();
        var request = spans.ShouldHaveSingle(span => span.Kind == OtlpSpan.Server);
        request.Tag("http.response.status_code").ShouldBe("409");
        request.Tag("ideavote.problem.code").ShouldBe("budget_exceeded");
        request.Status.ShouldBe(0);
        spans.ShouldNotContain(span => span.Name == "commit");
    }

    [Fact]
    public void Votes_that_shared_a_commit_are_all_linked_to_it()
    {
        var turns = Received.Spans.Where(span => span.Name == "turn cast_approval").ToList();

        turns.Count.ShouldBe(40);
        var commits = Received.Spans.Where(span => span.Name == "commit").ToDictionary(span => span.Id);
        turns.ShouldAllBe(turn => turn.Links.Count == 1 && commits[turn.Links[0]].Links.Contains(turn.Id));
        // Below the first of them, so that whoever samples that one has its commit as well.
        commits.Values.ShouldAllBe(commit => commit.Parent == commit.Links[0]);
    }

    [Fact]
    public void What_is_measured_is_sent_with_its_unit_and_what_it_means()
    {
        var metrics = Received.Metrics.DistinctBy(metric => metric.Name).ToDictionary(metric => metric.Name);

        metrics["http.server.request.duration"].ShouldSatisfyAllConditions(metric => metric.Unit.ShouldBe("s"), metric => metric.Kind.ShouldBe("histogram"),
            metric => metric.Points.ShouldContain(point => point["http.route"] == "/api/v1/campaigns/{c}/ideas/{i}/rating" && point["http.response.status_code"] == "200"));
        metrics["ideavote.commit.duration"].ShouldSatisfyAllConditions(metric => metric.Unit.ShouldBe("s"), metric => metric.Kind.ShouldBe("histogram"));
        metrics["ideavote.journal.sync.duration"].ShouldSatisfyAllConditions(metric => metric.Unit.ShouldBe("s"), metric => metric.Points.ShouldContain(point => point["db.system.name"] == "sqlite"));
        metrics["ideavote.journal.written"].Unit.ShouldBe("By");
        metrics["ideavote.storage.free"].Unit.ShouldBe("By");
        metrics["ideavote.queue.depth"].Unit.ShouldBe("{command}");
        metrics["ideavote.refusals"].Points.ShouldContain(point => point["code"] == "budget_exceeded");
        metrics["ideavote.problems"].Points.ShouldContain(point => point["code"] == "budget_exceeded" && point["http.response.status_code"] == "409");
        metrics["ideavote.mails"].Points.ShouldContain(point => point["outcome"] == "failed");
        metrics.Values.Where(metric => metric.Name.StartsWith("ideavote.", StringComparison.Ordinal)).ShouldAllBe(metric => metric.Unit.Length > 0 && metric.Description.Length > 0);
        metrics["http.server.request.duration"].Exemplars.ShouldContain(ObservedServer.VoteTrace);
    }

    [Fact]
    public void What_was_logged_names_the_trace_that_it_was_logged_in()
    {
        var log = Received.Logs.ShouldHaveSingle(record => record.Body.StartsWith("A mail could not be sent", StringComparison.Ordinal));

        log.Severity.ShouldBe("Error");
        var request = Received.Spans.ShouldHaveSingle(span => span.Id == log.Span);
        request.Trace.ShouldBe(log.Trace);
        request.Name.ShouldBe("POST /sign-up");
        // The console tells the same.
        var line = JsonElement.Parse(observed.Output.Split('\n').ShouldHaveSingle(text => text.Contains("A mail could not be sent", StringComparison.Ordinal)));
        line.GetProperty("trace_id").GetString().ShouldBe(log.Trace);
        line.GetProperty("span_id").GetString().ShouldBe(log.Span);
        line.GetProperty("trace_flags").GetString().ShouldBe("01");
        line.GetProperty("level").GetString().ShouldBe("error");
        line.GetProperty("category").GetString().ShouldBe("IdeaVote.Portal.Accounts.SmtpMailer");
    }

    [Fact]
    public void All_of_it_is_of_one_service_and_nothing_else_was_sent()
    {
        Received.Surprises.ShouldBeEmpty();
        Received.Resources.Select(resource => resource["service.instance.id"]).Distinct().ShouldHaveSingleItem();
        Received.Resources.ShouldAllBe(resource => resource["service.name"] == "ideavote" && resource["service.version"].Length > 0 && resource["deployment.environment.name"] == "test");
    }

    [Fact]
    public void Nobody_is_named_and_no_text_is_told()
    {
        var told = string.Join('\n', [
            .. Received.Spans.SelectMany(span => span.Tags.Values.Append(span.Name)),
            .. Received.Metrics.SelectMany(metric => metric.Points).SelectMany(point => point.Values),
            .. Received.Logs.Select(log => log.Body),
            .. observed.Open.Samples.SelectMany(sample => sample.Labels.Values),
            observed.Output,
        ]);

        foreach (var secret in ObservedServer.Secrets)
            told.ShouldNotContain(secret);
        Received.Spans.SelectMany(span => span.Tags.Keys).ShouldNotContain(key => key.StartsWith("url.path", StringComparison.Ordinal) || key.StartsWith("url.full", StringComparison.Ordinal));
    }
}
