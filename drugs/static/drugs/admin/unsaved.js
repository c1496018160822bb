/* Unsaved work: words that were typed and never saved are kept in the browser and offered back. */
"use strict";
{
  const KEEP_DAYS = 30;
  const form = () => document.getElementById("monograph_form");
  const key = `medinfo-unsaved:${location.pathname}`;
  let original = "";

  const groups = () => [...document.querySelectorAll(".rows")].filter((group) => group.querySelector(".row-position"));
  const rowsOf = (group) => [...group.querySelectorAll(".row-of-rows:not(.empty-form)")];
  const fields = (root) => [...root.querySelectorAll("input[name], select[name], textarea[name]")].filter(
    (field) => !["hidden", "submit"].includes(field.type));
  const shortName = (field) => field.name.replace(/^.*-(\d+|__prefix__)-/, "");
  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const put = (field, stored) => { field.type === "checkbox" ? (field.checked = stored) : (field.value = stored); };

  const read = () => {
    const content = { own: {}, rows: {} };
    for (const field of fields(form())) {
      if (!field.closest(".rows") && field.name !== "overrule") content.own[field.name] = value(field);
    }
    for (const group of groups()) {
      content.rows[group.id] = rowsOf(group).map((row) => Object.fromEntries(
        fields(row).filter((field) => shortName(field) !== "position").map((field) => [shortName(field), value(field)])));
    }
    return JSON.stringify(content);
  };

  const version = () => form().elements.version?.value || "";

  const keep = (sent) => {
    const text = read();
    try {
      if (text === original && !sent) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ text, sent, version: version(), at: Date.now() }));
    } catch { /* no room, or storage is switched off: nothing is kept, and nothing breaks */ }
  };

  const fill = (content) => {
    for (const field of fields(form())) {
      if (!field.closest(".rows") && field.name in content.own) put(field, content.own[field.name]);
    }
    for (const group of groups()) {
      const wanted = content.rows[group.id] || [];
      while (rowsOf(group).length < wanted.length) {
        const before = rowsOf(group).length;
        group.querySelector(".add-row a")?.click();
        if (rowsOf(group).length === before) break;
      }
      rowsOf(group).forEach((row, index) => {
        for (const field of fields(row)) {
          if (shortName(field) === "position") field.value = index + 1;
          else if (wanted[index] && shortName(field) in wanted[index]) put(field, wanted[index][shortName(field)]);
          else if (!wanted[index] && shortName(field) === "DELETE") field.checked = true;
          if (!field.closest(".position")) field.dispatchEvent(new Event("change", { bubbles: true }));
          if (field.matches(".markdownx-editor")) field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      });
    }
    document.dispatchEvent(new Event("desk:filled"));
  };

  const stored = () => {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "null");
      return found && Date.now() - found.at < KEEP_DAYS * 86400000 ? found : null;
    } catch { return null; }
  };

  const button = (text, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button";
    element.textContent = text;
    element.addEventListener("click", act);
    return element;
  };

  const offer = (found) => {
    const box = document.createElement("div");
    box.className = "desk-unsaved";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    const moment = new Date(found.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    words.textContent = `Work of ${moment} on this page was never saved. ` + (
      found.version === version() ? "" : "The page has been saved since, so compare before you save it.");
    box.append(words,
      button("Put it back", () => { fill(JSON.parse(found.text)); box.remove(); keep(false); }), " ",
      button("Throw it away", () => { localStorage.removeItem(key); box.remove(); }));
    form().before(box);
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!form()) return;
    const refused = document.querySelector(".errornote") !== null;
    original = refused ? "" : read(); /* what was refused stands on the page and nowhere else */
    if (refused) keep(false);
    const found = stored();
    /* Sent, and the desk has a newer version from this very person: it arrived. Otherwise it may be lost. */
    const mine = form().elements.version?.dataset.changedByMe === "yes";
    const saved = found?.sent && found.version !== version() && mine;
    if (found && !refused && (saved || found.text === original)) localStorage.removeItem(key);
    else if (found && !refused) offer(found);
    let timer;
    const later = () => { clearTimeout(timer); timer = setTimeout(() => keep(false), 400); };
    form().addEventListener("input", later);
    form().addEventListener("change", later);
    document.addEventListener("formset:removed", later);
    form().addEventListener("submit", () => { clearTimeout(timer); keep(true); });
    window.addEventListener("pagehide", () => { if (read() !== original && !stored()?.sent) keep(false); });
  });
}
