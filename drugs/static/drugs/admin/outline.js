/* The outline of the form: its links open and focus what they lead to, arrow keys walk along them, and it says what is
   being changed. Ctrl+S saves. */
"use strict";
{
  const narrow = matchMedia("(max-width: 1024px)");
  const nav = () => document.querySelector(".outline");
  const links = () => [...nav().querySelectorAll("li a")];

  /* Whatever is folded around a place or is the place itself opens; the cursor goes there. */
  const foldOf = (place) => place.querySelector(":scope > details, :scope > .tabular > details");
  const open = (place) => {
    for (let fold = foldOf(place) || place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const reveal = (place) => {
    const own = foldOf(place);
    open(place);
    place.scrollIntoView({ block: own ? "start" : "center" });
    const target = place.matches("input, select, textarea, button") ? place : own?.querySelector("summary") || place.querySelector("button, input");
    target?.focus({ preventScroll: true });
  };
  const revealHash = () => {
    const place = document.getElementById(location.hash.slice(1));
    if (!place?.closest("#monograph_form")) return;
    /* What the last save came to stands at the top and is read first. */
    document.querySelector(".messagelist, .errornote") ? open(place) : reveal(place);
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href*='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== location.pathname || link.hash.length < 2) return;
    const place = document.getElementById(link.hash.slice(1));
    if (!place?.closest("#monograph_form")) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    if (narrow.matches && nav().contains(link)) nav().querySelector("details").open = false;
    reveal(place);
  });
  window.addEventListener("hashchange", revealHash);
  /* The address names the part that is open, and browsers keep that over a save. */
  document.addEventListener("toggle", (event) => {
    const place = event.target instanceof HTMLDetailsElement && event.target.open && event.target.matches("[name='section'], .list-fold") &&
      event.target.closest(".row-of-rows, .rows");
    if (place && !place.contains(document.getElementById(location.hash.slice(1)))) history.replaceState(null, "", `#${place.id}`);
  }, true);

  /* A part that is opened at the lower edge comes into view: the row of buttons stands over that edge. */
  document.addEventListener("click", (event) => {
    const fold = event.target instanceof Element && event.target.closest("summary")?.parentElement;
    const place = fold && fold.matches("[name='section'], .list-fold") && fold.closest(".row-of-rows, .rows");
    if (place) requestAnimationFrame(() => { if (fold.open) place.scrollIntoView({ block: "nearest" }); });
  });

  /* An address that a form names itself, such as one with the filters of the list, drops the part: it is named again. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#monograph_form, #label-acts")) return;
    const action = event.target.getAttribute("action") || location.href;
    event.target.setAttribute("action", action.split("#")[0] + location.hash);
  });

  /* One stop of the Tab key for all links. */
  const rove = (current) => links().forEach((link) => { link.tabIndex = link === current ? 0 : -1; });
  const walk = (event) => {
    const all = links(), at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const link = all[Math.max(0, Math.min(to, all.length - 1))];
    rove(link);
    link.focus();
  };

  /* What is typed changes the states of its part, in the outline and on its own line. */
  const state = (key, words) => {
    const element = document.createElement("span");
    element.className = `part-state part-${key}`;
    element.textContent = words;
    return element;
  };
  const partOf = (field) => field.closest(".sections .row-of-rows") || field.closest(".rows") || document.getElementById("id_title");
  const linkTo = (place) => links().find((link) => link.hash === `#${place.id}`);
  const touched = (event) => {
    /* What has no name is a tool of the screen and is not saved. */
    if (!(event.target instanceof Element) || !event.target.matches("#monograph_form :is(input, select, textarea)[name]")) return;
    const place = partOf(event.target);
    const link = place && linkTo(place);
    if (!link) return;
    const body = place.querySelector(".markdownx-editor");
    const states = body && !body.value.trim() ? [["empty", "empty"], ["changed", "not saved yet"]] : [["changed", "not saved yet"]];
    link.querySelector(".part-dot").className = `part-dot part-${states[0][0]}`;
    for (const root of [link, place]) {
      root.querySelector(".part-states")?.replaceChildren(...states.map(([key, words], index) => state(key, index ? `, ${words}` : words)));
    }
    const begins = body && place.querySelector(".part-begins");
    if (begins) begins.textContent = body.value.slice(0, 400).replace(/\*\*|__|^\s*(?:#{1,6}|[-*+>])\s+/gm, "").trim().slice(0, 80);
    if (body) link.querySelector(".part-name").textContent = place.querySelector(".inline_label").textContent;
  };

  /* Sections that are added, removed or moved. */
  const items = new WeakMap();
  const refresh = () => {
    const rows = [...document.querySelectorAll(".sections .row-of-rows:not(.empty-form)")];
    const old = [...nav().querySelectorAll(".outline-section")];
    const before = document.createComment("");
    (old[0] || linkTo(document.getElementById("side_effects-group"))?.parentElement)?.before(before);
    for (const item of old) item.remove();
    before.replaceWith(...rows.map((row) => {
      if (!items.has(row)) items.set(row, newItem());
      const item = items.get(row);
      item.querySelector("a").href = `#${row.id}`;
      item.querySelector(".part-name").textContent = row.querySelector(".inline_label").textContent;
      return item;
    }));
    rove(links()[0]);
  };
  const newItem = () => {
    const item = document.createElement("li"), link = document.createElement("a");
    const [dot, name, states] = ["part-dot part-empty", "part-name", "part-states"].map((kind) => {
      const part = document.createElement("span");
      part.className = kind;
      return part;
    });
    item.className = "outline-section";
    dot.setAttribute("aria-hidden", "true");
    states.append(state("empty", "empty"));
    const words = document.createElement("span");
    words.append(name, " ", states);
    link.append(dot, words);
    item.append(link);
    return item;
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!nav()) return;
    for (const link of nav().querySelectorAll(".outline-section a")) {
      const row = document.getElementById(link.hash.slice(1));
      if (row) items.set(row, link.parentElement);
    }
    rove(links()[0]);
    nav().addEventListener("keydown", walk);
    if (narrow.matches) nav().querySelector("details").open = false;
    for (const name of ["input", "change"]) document.addEventListener(name, touched);
    for (const name of ["formset:added", "formset:removed", "rows:moved"]) document.addEventListener(name, refresh);
  });
  window.addEventListener("load", revealHash);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    const save = document.querySelector("#monograph_form button[name='_continue']");
    if (!save) return;
    event.preventDefault();
    if (!event.repeat) save.form.requestSubmit(save);
  });
}
