using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Properties;

/// <summary>Checks something about small worlds under many random courses of events.</summary>
public static class WorldProperty
{
    private const int Courses = 150;

    /// <summary>After every step.</summary>
    public static void Always(Action<SmallWorld> check) => Check(script =>
    {
        var world = new SmallWorld(script.Rules);
        check(world);
        foreach (var step in script.Steps)
        {
            world.Run(step);
            check(world);
        }
        world.Settle();
        check(world);
    });

    /// <summary>Once at the end, when every refund has arrived and every vote has followed its idea.</summary>
    public static void AtTheEnd(Action<SmallWorld> check) => Check(script => check(Ended(script)));

    /// <summary>For every turn that was run.</summary>
    public static void ForEachTurn(Action<TurnRun> check) => Check(script => Ended(script).Turns.ForEach(check));

    /// <summary>The world after all steps, with everything delivered that is owed.</summary>
    public static SmallWorld Ended(Script script)
    {
        var world = new SmallWorld(script.Rules);
        foreach (var step in script.Steps)
            world.Run(step);
        world.Settle();
        return world;
    }

    private static void Check(Action<Script> check) =>
        Prop.ForAll(Scripts.Any, check).Check(Config.QuickThrowOnFailure.WithMaxTest(Courses).WithQuietOnSuccess(true));
}
