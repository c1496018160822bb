/* Recovery of words that were typed and never saved: the browser keeps them for the account and offers them back.

   On a monograph's screen all fields. On the pages beside it (`data-unsaved`) words and choices alone: days are the
   present ones, and boxes that say "I have read this" or sign the page are ticked anew. */
"use strict";
{
  const store = globalThis.unsavedWords;
  const form = () => document.getElementById("monograph_form") || document.querySelector("form[data-unsaved]");
  let original = "";

  const groups = () => [...document.querySelectorAll(".rows")].filter((group) => group.querySelector(".row-position"));
  const rowsOf = (group) => globalThis.deskRows.of(group);
  const fields = (root) => [...root.querySelectorAll("input[name], select[name], textarea[name]")].filter(
    (field) => field.form === form() && !["hidden", "submit", ...("unsaved" in form().dataset ? ["checkbox", "radio", "date"] : [])].includes(field.type));
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
    if (text === original && !sent) store.remove();
    else store.put({ text, sent, version: version() });
  };

  const fill = (content) => {
    for (const field of fields(form())) {
      if (!field.closest(".rows") && field.name in content.own) put(field, content.own[field.name]);
    }
    for (const group of groups()) {
      const wanted = content.rows[group.id] || [];
      while (rowsOf(group).length < wanted.length) {
        const before = rowsOf(group).length;
        globalThis.deskRows.add(group);
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

  const button = (text, act, kind) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = `button ${kind || ""}`;
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
      button("Throw it away", () => { store.remove(); box.remove(); }, "quiet"));
    form().before(box);
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!form()) return;
    const refused = document.querySelector(".errornote, form[data-unsaved] .errorlist") !== null;
    original = refused ? "" : read(); /* what was refused stands on the page and nowhere else */
    if (refused) keep(false);
    const found = store.get();
    /* Sent, and the desk has a newer version from this very person: it arrived. Otherwise it may be lost. */
    const mine = form().elements.version?.dataset.changedByMe === "yes";
    const saved = found?.sent && found.version !== version() && mine;
    if (found && !refused && (saved || found.text === original)) store.remove();
    else if (found && !refused) offer(found);
    let timer;
    const later = () => { clearTimeout(timer); timer = setTimeout(() => keep(false), 400); };
    form().addEventListener("input", later);
    form().addEventListener("change", later);
    document.addEventListener("formset:removed", later);
    form().addEventListener("submit", () => { clearTimeout(timer); keep(true); store.send(); });
    window.addEventListener("pagehide", () => { if (read() !== original && !store.get()?.sent) keep(false); });
    /* Whoever logged out leaves nothing behind; what is typed after that is new. */
    store.onLogOut(() => { clearTimeout(timer); original = read(); });
  });
}
