namespace IdeaVote.Server.Demo;

/// <summary>What the demo campaign's customers ask of a team calendar.</summary>
internal static class DemoIdeas
{
    /// <summary>One idea of the demo.</summary>
    /// <param name="Reference">Its reference.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Body">Its body, in Markdown.</param>
    /// <param name="Tags">Its tags.</param>
    /// <param name="Cost">What it would cost, in the campaign's unit.</param>
    /// <param name="Appeal">How many of a hundred voters like it.</param>
    /// <param name="Divides">Whether those who do not like it dislike it.</param>
    internal sealed record DemoIdea(string Reference, string Title, string Body, string[] Tags, decimal Cost, int Appeal, bool Divides = false);

    public static readonly DemoIdea[] All =
    [
        new("CAL-1", "Dark mode on every screen", "Evening shifts stare at a white page. Please follow the system setting, **including** the print preview.", ["design", "accessibility"], 6_000, 62),
        new("CAL-2", "Work offline and sync later", "On trains and in basements the calendar is a blank page. Let us read and edit offline, and merge when we are back.", ["mobile", "sync"], 24_000, 57),
        new("CAL-3", "Find a slot that suits everybody", "Pick people, a length and a week; show the three best slots and why the others fail.", ["scheduling"], 18_000, 55),
        new("CAL-4", "Undo for a moved meeting", "I drag a meeting by accident and thirty people get mail. Ten seconds of *undo* before anything is sent would do.", ["scheduling", "quick win"], 2_500, 48),
        new("CAL-5", "Shared calendars for clients", "Let a client see our availability without an account, and nothing else.", ["sharing"], 9_000, 41),
        new("CAL-6", "Keyboard shortcuts for everything", "List them under `?`, as other tools do.", ["accessibility", "quick win"], 3_000, 33),
        new("CAL-7", "Time zones side by side", "Show up to three time zones along the day, with working hours shaded.", ["design", "remote work"], 4_500, 44),
        new("CAL-8", "Meeting-free afternoons", "Let a team declare protected hours that invitations have to override with a reason.", ["scheduling", "well-being"], 5_000, 36, Divides: true),
        new("CAL-9", "Summaries written by AI", "Attach a summary to each meeting automatically.", ["ai"], 20_000, 30, Divides: true),
        new("CAL-10", "Import holidays of any region", "Not only public holidays of countries: regions and school holidays too.", ["data"], 1_500, 25),
        new("CAL-11", "A room display for a spare tablet", "Green or red, who has the room until when, and a button to book the next half hour.", ["rooms"], 8_000, 22),
        new("CAL-12", "Bring back the old month view", "The new one shows fewer meetings per day.", ["design"], 1_000, 15, Divides: true),
    ];
}
