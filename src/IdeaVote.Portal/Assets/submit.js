// The form for an idea: similar ideas while the title is typed, a preview, and a draft that survives a closed tab.
const form = document.querySelector(".submit-form");
const title = form?.elements.title;
const body = form?.elements.body;

const similar = document.getElementById("similar");
if (form && similar) {
    let typed, asked;
    title.addEventListener("input", () => {
        clearTimeout(typed);
        typed = setTimeout(async () => {
            asked?.abort();
            asked = new AbortController();
            const answer = await fetch(`${similar.dataset.similar}?title=${encodeURIComponent(title.value)}`,
                { headers: { "IdeaVote-Fragment": "similar" }, signal: asked.signal }).catch(() => null);
            // Whoever has gone on to a similar idea keeps it.
            if (answer?.ok && !similar.contains(document.activeElement))
                similar.innerHTML = await answer.text();
        }, 250);
    });
}

const preview = form?.querySelector("[data-preview]");
preview?.addEventListener("toggle", async () => {
    if (!preview.open)
        return;
    const token = form.elements.__RequestVerificationToken.value;
    const answer = await fetch(preview.dataset.preview, {
        method: "POST",
        headers: { "IdeaVote-Fragment": "preview" },
        body: new URLSearchParams({ body: body.value, __RequestVerificationToken: token }),
    }).catch(() => null);
    if (answer)
        preview.querySelector("div").innerHTML = await answer.text();
});

const key = form?.dataset.draft;
if (key) {
    const fields = ["title", "body", "tags", "cost"].map(name => form.elements[name]).filter(Boolean);
    try {
        const draft = JSON.parse(localStorage.getItem(key) ?? "{}");
        for (const field of fields)
            if (!field.value && draft[field.name])
                field.value = draft[field.name];
        form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map(field => [field.name, field.value])))));
        form.addEventListener("submit", () => localStorage.removeItem(key));
    } catch {
        // No storage, no draft.
    }
}
