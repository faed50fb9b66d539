using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>Somebody who has a keyboard and nothing else, and who notices when they can't see where they are.</summary>
/// <param name="page">The page.</param>
public sealed class Keyboard(IPage page)
{
    private const int MaxSteps = 150;

    /// <summary>What is wrong with where the focus is, or how it got there; empty if nothing is. Remembers where it was.</summary>
    private const string Check = """
        forward => {
            const at = document.activeElement, before = window.focusedBefore;
            window.focusedBefore = at;
            if (!at || at === document.body)
                return "";
            const name = `${at.localName}#${at.id} "${at.textContent.trim().slice(0, 40)}"`;
            const outlined = element => { const style = getComputedStyle(element); return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"; };
            const after = getComputedStyle(at, "::after");
            if (at.localName !== "main" && !outlined(at) && !(after.outlineStyle !== "none" && parseFloat(after.outlineWidth) >= 2) && !(at.nextElementSibling?.localName === "label" && outlined(at.nextElementSibling)))
                return `the focus can't be seen on ${name}`;
            const box = (at.matches("input[type=radio]") && at.nextElementSibling || at).getBoundingClientRect();
            if (box.bottom < 0 || box.top > innerHeight)
                return `the focus is out of sight on ${name}`;
            if (before?.isConnected && before !== document.body && before !== at) {
                const follows = Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
                if (follows !== forward)
                    return `${name} comes out of order`;
            }
            return "";
        }
        """;

    /// <summary>Goes on with Tab until something has the focus.</summary>
    /// <param name="selector">What.</param>
    /// <param name="back">Whether to go backwards.</param>
    public async Task GoToAsync(string selector, bool back = false)
    {
        await page.EvaluateAsync("() => window.focusedBefore = document.activeElement");
        for (var step = 0; step < MaxSteps; step++)
        {
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
            (await page.EvaluateAsync<string>(Check, !back)).ShouldBeEmpty($"{page.Url}, on the way to {selector}");
            if (await IsAtAsync(selector))
                return;
        }
        throw new ShouldAssertException($"{page.Url}: {selector} is not reached by Tab.");
    }

    /// <summary>Goes to something and presses Enter.</summary>
    public async Task PressAsync(string selector, string key = "Enter")
    {
        await GoToAsync(selector);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes to a field and writes over what is in it.</summary>
    public async Task WriteAsync(string selector, string text)
    {
        await GoToAsync(selector);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Whether something has the focus.</summary>
    public Task<bool> IsAtAsync(string selector) => page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector);

    /// <summary>That the focus is on something, and not lost.</summary>
    /// <param name="selector">On what.</param>
    public async Task ShouldBeAtAsync(string selector)
    {
        await page.WaitForFunctionAsync("selector => document.activeElement && document.activeElement.matches(selector)", selector, new() { Timeout = 10_000 });
    }

    /// <summary>Goes through a whole page: everything that can be reached is, in the order of the page, and it ends.</summary>
    /// <returns>How many places it stopped at.</returns>
    public async Task<int> WalkAsync()
    {
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.focusedBefore = null; window.reached = new Set(); }");
        for (var step = 0; step < MaxSteps * 2; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<string>("forward => { if (window.reached.has(document.activeElement) && document.activeElement !== window.focusedBefore) { window.focusedBefore = null; return ''; } return (" + Check + ")(forward); }", true)).ShouldBeEmpty(page.Url);
            if (await page.EvaluateAsync<bool>("() => { const at = document.activeElement, same = at === window.last; window.last = at; if (at === document.body || (window.reached.has(at) && !same)) return true; window.reached.add(at); return false; }"))
            {
                var missed = await page.EvaluateAsync<string[]>("""
                    () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
                        .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !window.reached.has(element)
                            && !(element.type === "radio" && [...window.reached].some(other => other.name === element.name && other.form === element.form)))
                        .map(element => element.outerHTML.slice(0, 100))
                    """);
                missed.ShouldBeEmpty($"{page.Url}: not reached by Tab");
                return await page.EvaluateAsync<int>("() => window.reached.size");
            }
        }
        throw new ShouldAssertException($"{page.Url}: the focus goes round and round.");
    }
}
