"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const search = document.getElementById("search");
  const items = all("[data-find]").map((element) => ({
    element,
    text: element.dataset.find.toLowerCase(),
    kind: element.dataset.kind,
  }));
  const chips = all(".chips [data-filter]");
  const found = document.getElementById("found");

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.filter);
    const narrowed = words.length > 0 || kinds.length > 0;
    let shown = 0;
    for (const item of items) {
      const show = words.every((word) => item.text.includes(word)) && (kinds.length === 0 || kinds.includes(item.kind));
      item.element.hidden = !show;
      shown += show;
    }
    for (const group of all("[data-group]")) {
      const left = group.querySelectorAll("[data-find]:not([hidden])").length;
      group.hidden = narrowed && left === 0;
      if (group.tagName === "DETAILS" && narrowed && left > 0) group.open = true;
    }
    found.textContent = narrowed ? `${shown} of ${items.length} shown` : "";
  };
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 80);
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }
  const look_for = (text) => {
    search.value = text;
    apply();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape") {
      look_for("");
    }
  });

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page from a file or without a secure origin has no clipboard of its own.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.copy !== undefined) {
      await copy(button.dataset.copy);
      const before = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = before; }, 1200);
    } else if (button?.dataset.client !== undefined) {
      look_for(button.dataset.client);
      document.getElementById("operations")?.scrollIntoView();
    }
    // A link to what is filtered away or folded leads there all the same.
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (target) {
      if (target.hidden) look_for("");
      target.closest("details")?.setAttribute("open", "");
    }
  });

  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  addEventListener("beforeprint", () => all("details").forEach((details) => { details.open = true; }));
})();
