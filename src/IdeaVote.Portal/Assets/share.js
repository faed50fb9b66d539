// Sharing a page: phones have a way of their own, elsewhere the link is copied.
document.querySelectorAll("details[data-share]").forEach(share => {
    share.querySelector("summary").addEventListener("click", event => {
        if (!navigator.share || !matchMedia("(pointer: coarse)").matches)
            return;
        event.preventDefault();
        navigator.share({ title: document.title, url: share.dataset.share }).catch(error => share.open = error.name !== "AbortError");
    });
    const [button, input] = [share.querySelector("[data-copy]"), share.querySelector("input")];
    button.addEventListener("click", async () => {
        input.select();
        // Where the clipboard is out of reach, the link stays selected.
        await navigator.clipboard?.writeText(input.value).then(() => share.querySelector("[role=status]").textContent = button.dataset.copy, () => { });
    });
});
