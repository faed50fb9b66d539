// The arrow keys choose the left or the right one, and the space bar passes on, wherever the focus is.
document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, button, input, select, textarea"))
        return;
    const choices = document.querySelectorAll(".duel .choose");
    const left = document.documentElement.dir === "rtl" ? 1 : 0;
    if (event.key === "ArrowLeft")
        choices[left]?.click();
    else if (event.key === "ArrowRight")
        choices[1 - left]?.click();
    else if (event.key === " ") {
        event.preventDefault();
        document.querySelector("[data-skip]")?.click();
    }
});
