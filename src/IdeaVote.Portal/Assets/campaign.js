// The form for a campaign: how people will see it, while it is filled in.
const form = document.querySelector(".campaign-form");
let typed, asked;
form?.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(async () => {
        asked?.abort();
        asked = new AbortController();
        const answer = await fetch(form.dataset.preview, {
            method: "POST",
            headers: { "IdeaVote-Fragment": "campaign-preview" },
            body: new URLSearchParams(new FormData(form)),
            signal: asked.signal,
        }).catch(() => null);
        const part = document.querySelector("[data-part=campaign-preview]");
        if (answer?.ok && part)
            part.outerHTML = await answer.text();
    }, 300);
});
