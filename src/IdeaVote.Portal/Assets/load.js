// Figures of the moment are fetched anew every few seconds, while somebody looks and the focus is elsewhere.
for (const part of document.querySelectorAll("[data-poll]"))
    setInterval(async () => {
        if (document.visibilityState !== "visible" || part.contains(document.activeElement))
            return;
        const answer = await fetch(location.href, { headers: { "IdeaVote-Fragment": "load" } }).catch(() => null);
        if (answer?.ok && !part.contains(document.activeElement))
            part.innerHTML = await answer.text();
    }, part.dataset.poll * 1000);
