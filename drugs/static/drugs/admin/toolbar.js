/* The toolbar of an open section: it writes Markdown where the cursor is, and finds medicines of the site to link to. */
"use strict";
{
  const bar = document.createElement("div");
  const panel = document.createElement("div");
  let field = null; /* the text that the toolbar writes into */

  const write = (text, from, to) => {
    field.focus();
    field.setSelectionRange(from, to);
    globalThis.typeInto(field, text);
  };
  const selected = () => field.value.slice(field.selectionStart, field.selectionEnd);

  /* Marks stand inside of each line, behind the mark of an item and before spaces, or they would mark nothing. */
  const inParts = (line) => {
    const mark = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|#{4,6})[ \t]+)?/.exec(line)[0];
    const words = line.slice(mark.length).trimEnd();
    return [mark, words, line.slice(mark.length + words.length)];
  };
  const isBold = (text) => text.length > 4 && text.startsWith("**") && text.endsWith("**");
  const bold = () => {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    if (start === end) {
      write("****", start, end);
      field.setSelectionRange(start + 2, start + 2);
      return;
    }
    const lines = selected().split("\n").map(inParts);
    const all = lines.every(([, words]) => !words || isBold(words));
    const turned = (words) => (all ? words.slice(2, -2) : isBold(words) ? words : `**${words}**`);
    const text = lines.map(([mark, words, rest]) => `${mark}${words && turned(words)}${rest}`).join("\n");
    write(text, start, end);
    field.setSelectionRange(start, start + text.length);
  };

  const list = () => {
    const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const next = field.value.indexOf("\n", Math.max(field.selectionEnd - (selected().endsWith("\n") ? 1 : 0), from));
    const to = next < 0 ? field.value.length : next;
    const lines = field.value.slice(from, to).split("\n");
    const isItem = (line) => /^[ \t]*[-*+] /.test(line), isBlank = (line) => !line.trim() && lines.length > 1;
    const all = lines.some(isItem) && lines.every((line) => isItem(line) || isBlank(line));
    const turned = (line) => (all ? line.replace(/^([ \t]*)[-*+] /, "$1") : isItem(line) ? line : `- ${line}`);
    const text = lines.map((line) => (isBlank(line) ? line : turned(line))).join("\n");
    write(text, from, to);
    field.setSelectionRange(from + text.length, from + text.length);
  };

  const table = () => {
    const at = field.selectionEnd, before = field.value.slice(0, at), after = field.value.slice(at);
    const lead = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const tail = !after.trim() || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    write(`${lead}|  |  |\n| --- | --- |\n|  |  |\n|  |  |${tail}`, at, at);
    field.setSelectionRange(at + lead.length + 2, at + lead.length + 2);
  };

  /* A link to a medicine: found while its name is typed, as readers find it */
  let timer, asked = 0, active = -1;
  const query = () => panel.querySelector("input");
  const options = () => [...panel.querySelectorAll("[role='option']")];
  const close = () => { panel.hidden = true; clearTimeout(timer); field.focus(); };
  const mark = (at) => {
    const all = options();
    active = all.length ? (at + all.length) % all.length : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    all[active]?.scrollIntoView({ block: "nearest" });
    active < 0 ? query().removeAttribute("aria-activedescendant") : query().setAttribute("aria-activedescendant", all[active].id);
  };
  const pick = (option) => {
    const words = (selected() || option.dataset.name).replace(/\s+/g, " ").replace(/[\\[\]]/g, "\\$&");
    const [start, end] = [field.selectionStart, field.selectionEnd];
    panel.hidden = true;
    write(`[${words}](${option.dataset.url})`, start, end);
  };
  const show = (results, said) => {
    const found = results.map(({ name, matched, url }, index) => {
      const option = document.createElement("li");
      option.id = `link-option-${index}`;
      option.setAttribute("role", "option");
      option.textContent = matched && matched !== name ? `${name} (${matched})` : name;
      Object.assign(option.dataset, { name, url });
      return option;
    });
    panel.querySelector("[role='listbox']").replaceChildren(...found);
    panel.querySelector("[role='listbox']").hidden = !found.length;
    panel.querySelector("[role='status']").textContent = said;
    query().setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  };
  const search = async () => {
    const words = query().value.trim(), number = (asked += 1);
    if (!words) { show([], ""); return; }
    try {
      const address = `${document.querySelector(".sections").dataset.medicines}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
      const { results } = await answer.json();
      if (number === asked) show(results, results.length ? `${results.length} found.` : "No public page has such a name.");
    } catch {
      if (number === asked) show([], "The site cannot be asked. Are you still logged in?");
    }
  };
  const link = () => {
    panel.hidden = false;
    query().value = selected().includes("\n") ? "" : selected().trim();
    show([], "");
    query().focus();
    search();
  };
  const onPanelKey = (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(active + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter") { if (options()[active]) pick(options()[active]); } else return;
    event.preventDefault();
  };

  const ACTS = [["Bold", "Bold (Ctrl+B)", bold], ["List", "List", list], ["Table", "Table", table], ["Link", "Link to a medicine", link]];
  const build = () => {
    bar.className = "markdown-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Write Markdown");
    const buttons = ACTS.map(([text, title, act], index) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: text, title, tabIndex: index ? -1 : 0 });
      button.addEventListener("mousedown", (event) => event.preventDefault()); /* the selection stays where it is */
      button.addEventListener("click", act);
      return button;
    });
    bar.append(...buttons);
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      buttons.forEach((button, index) => { button.tabIndex = index === at ? 0 : -1; });
      buttons[at].focus();
    });
    panel.className = "link-panel";
    panel.hidden = true;
    const label = document.createElement("label"), input = document.createElement("input");
    const found = document.createElement("ul"), said = document.createElement("p"), done = document.createElement("button");
    Object.assign(input, { type: "text", maxLength: 200, autocomplete: "off" });
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "link-options"], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    label.append("Medicine ", input);
    Object.assign(found, { id: "link-options", hidden: true });
    found.setAttribute("role", "listbox");
    found.setAttribute("aria-label", "Medicines");
    said.setAttribute("role", "status");
    Object.assign(done, { type: "button", textContent: "No link" });
    done.addEventListener("click", close);
    panel.append(label, done, said, found);
    panel.addEventListener("keydown", onPanelKey);
    for (const name of ["input", "change"]) {
      /* What is typed to search is no part of the page. */
      panel.addEventListener(name, (event) => event.stopPropagation());
    }
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 200); });
    found.addEventListener("click", (event) => { if (event.target.closest("[role='option']")) pick(event.target.closest("[role='option']")); });
  };

  /* One toolbar goes from section to section. */
  const moveTo = (section) => {
    const editor = section.querySelector(".markdownx-editor");
    if (!editor || editor === field) return;
    field = editor;
    panel.hidden = true;
    editor.closest(".markdownx").before(bar, panel);
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector(".sections[data-medicines]")) return;
    build();
    for (const open of document.querySelectorAll("details[name='section'][open]")) moveTo(open);
    document.addEventListener("toggle", (event) => {
      if (event.target instanceof HTMLDetailsElement && event.target.open && event.target.name === "section") moveTo(event.target);
    }, true);
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "b" || event.target !== field) return;
      event.preventDefault();
      bold();
    });
  });
}
