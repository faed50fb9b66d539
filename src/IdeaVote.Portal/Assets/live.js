// Counts that change while the page is open change on it too: gently, and never under the pointer or the keyboard.
const address = document.body.dataset.live;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
let source, stale;

function listen() {
    source ??= new EventSource(address);
    source.addEventListener("counts", event => {
        for (const [idea, counts] of Object.entries(JSON.parse(event.data)))
            for (const part of document.querySelectorAll(`[data-idea="${CSS.escape(idea)}"]`))
                show(part, counts);
        refresh();
    });
    // The page was rendered before anything that is remembered: its numbers are taken off a fresh copy.
    source.addEventListener("stale", async () => {
        const answer = await fetch(location.href).catch(() => null);
        if (!answer?.ok)
            return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of document.querySelectorAll("[data-idea]"))
            for (const place of part.querySelectorAll("[data-count]")) {
                const now = fresh.querySelector(`[data-idea="${CSS.escape(part.dataset.idea)}"] [data-count="${place.dataset.count}"]`);
                if (now && now.textContent !== place.textContent)
                    place.textContent = now.textContent;
            }
        refresh();
    });
    source.onerror = () => {
        // No content: there is nothing to hear here. Else the browser tries again by itself.
        if (source?.readyState === EventSource.CLOSED)
            source = null;
    };
}

function show(part, counts) {
    for (const name of ["approvals", "rating", "invested"]) {
        const place = part.querySelector(`[data-count="${name}"]`);
        if (!place || counts[name] === null)
            continue;
        const digits = place.dataset.digits;
        const text = name === "rating"
            ? new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: +(digits ?? 2), maximumFractionDigits: +(digits ?? 2) }).format(counts.rating)
            : place.dataset.unit ? place.dataset.unit.replace("{0}", numbers.format(counts[name])) : numbers.format(counts[name]);
        if (place.textContent === text)
            continue;
        place.textContent = text;
        place.classList.remove("changed");
        void place.offsetWidth;
        place.classList.add("changed");
    }
}

// Parts that are worked out from all counts, such as a ranking, are fetched anew, at most every two seconds and not while somebody is in them.
function refresh() {
    if (stale)
        return;
    stale = setTimeout(async () => {
        stale = null;
        for (const part of document.querySelectorAll("[data-refresh]")) {
            if (part.contains(document.activeElement))
                continue;
            const answer = await fetch(location.href, { headers: { "IdeaVote-Fragment": part.dataset.refresh } }).catch(() => null);
            if (answer?.ok)
                part.innerHTML = await answer.text();
        }
    }, 2000);
}

// A page in the background holds no connection.
function look() {
    if (document.visibilityState === "visible")
        listen();
    else {
        source?.close();
        source = null;
    }
}

if (address && "EventSource" in window) {
    document.addEventListener("visibilitychange", look);
    look();
}
