// What every page can do a little better with scripts than without; nothing here is needed.
document.documentElement.classList.add("js");
