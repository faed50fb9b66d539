// What every page does a little better with scripts than without; nothing here is needed.
const page = document.documentElement;
page.classList.add("js");

// Forms that change a part of the page: the answer is that part, and the focus stays where it was.
document.addEventListener("submit", event => {
    const form = event.target;
    const part = form.dataset?.live;
    if (!part || event.defaultPrevented)
        return;
    event.preventDefault();
    send(form, part, event.submitter);
});

// Choosing is enough where a form says so. A moment's patience lets the arrow keys pass over what is not meant.
let waiting;
document.addEventListener("change", event => {
    const form = event.target.form;
    if (!form || form.dataset.auto !== "change")
        return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.isConnected && form.requestSubmit(), event.target.type === "radio" ? 350 : 0);
});

document.addEventListener("input", event => {
    const input = event.target;
    const other = input.dataset?.mirror;
    if (other)
        input.form.elements[other].value = input.value;
    else if (input.type === "number")
        input.form?.querySelectorAll(`[data-mirror="${CSS.escape(input.name)}"]`).forEach(mirror => mirror.value = input.value);
});

async function send(form, part, submitter) {
    const target = form.closest(`[data-part="${CSS.escape(part)}"]`);
    const focus = document.activeElement && target.contains(document.activeElement) ? mark(document.activeElement) : null;
    // Sent once at a time. The button stays as it is: one that is disabled loses the focus.
    if (form.dataset.busy)
        return;
    form.dataset.busy = "true";
    const data = new FormData(form, submitter);
    try {
        const answer = await fetch(form.action, {
            method: "POST",
            body: new URLSearchParams(data),
            headers: { "IdeaVote-Fragment": part },
        });
        const html = await answer.text();
        if (answer.ok) {
            const next = parse(html).firstElementChild;
            target.replaceWith(next);
            if (focus)
                resume(next, focus);
        } else if (answer.status === 401) {
            location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
        } else {
            tell(target, html);
        }
    } catch {
        // The network failed: sent the plain way, the browser says so itself.
        form.submit();
        return;
    } finally {
        delete form.dataset.busy;
    }
}

// The focus goes on where it was; if that is gone, at the part that took its place.
function resume(part, focus) {
    const place = part.querySelector(focus);
    place?.focus({ preventScroll: true });
    if (!place || document.activeElement !== place) {
        part.tabIndex = -1;
        part.focus({ preventScroll: true });
    }
}

function parse(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
}

function tell(target, html) {
    target.querySelector(".notice.problem")?.remove();
    target.prepend(parse(html));
}

// How to find an element again after its part has been replaced.
function mark(element) {
    if (element.id)
        return "#" + CSS.escape(element.id);
    const form = element.form;
    return form ? `form[action="${CSS.escape(form.getAttribute("action"))}"] ${element.localName}` : null;
}

// Lists that go on: the next page is fetched when its link comes into sight, and its link remains for those who follow it.
const more = new IntersectionObserver(entries => {
    for (const entry of entries)
        if (entry.isIntersecting)
            extend(entry.target);
}, { rootMargin: "600px" });

function watch(root) {
    root.querySelectorAll("a[data-more]").forEach(link => more.observe(link));
}

async function extend(link) {
    more.unobserve(link);
    const answer = await fetch(link.href, { headers: { "IdeaVote-Fragment": "list" } }).catch(() => null);
    if (!answer?.ok || !link.isConnected)
        return;
    const next = parse(await answer.text());
    const list = link.closest("[id]").querySelector("ol");
    const items = next.querySelector("ol")?.children ?? [];
    list.append(...items);
    const rest = next.querySelector("a[data-more]");
    if (rest)
        link.replaceWith(rest);
    else
        link.parentElement.remove();
    watch(list.parentElement);
}

// Search as you type: the list is replaced, the address follows, and what was typed stays.
let typed, asked;
document.querySelectorAll("form[data-search]").forEach(form => {
    const list = document.getElementById(form.dataset.search);
    form.addEventListener("input", () => {
        clearTimeout(typed);
        typed = setTimeout(() => search(form, list), 200);
    });
    form.addEventListener("submit", event => {
        event.preventDefault();
        clearTimeout(typed);
        search(form, list);
    });
});

async function search(form, list) {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const url = form.action.split("?")[0] + (query.size ? "?" + query : "");
    try {
        const answer = await fetch(url, { headers: { "IdeaVote-Fragment": "list" }, signal: asked.signal });
        if (!answer.ok)
            return;
        list.replaceChildren(parse(await answer.text()));
        history.replaceState(null, "", url);
        watch(list);
    } catch (error) {
        if (error.name !== "AbortError")
            form.submit();
    }
}

watch(document);
