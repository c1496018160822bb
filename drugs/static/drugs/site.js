// The site works without this file. It adds a print button and suggestions below the search box.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Pages of medicines that are opened here can be read again without a net: see the worker's own file. A browser that
// opened none gets no worker.
const worker = document.currentScript?.dataset.worker;
if (worker && navigator.serviceWorker && (document.querySelector("[data-edition], [data-keep]") || navigator.serviceWorker.controller)) {
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(worker);
      const { active } = await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) active.postMessage(location.pathname);
    } catch {
      // A browser that keeps nothing, as in private windows: pages are read with a net.
    }
  });
}

// The contents of a drug's page, opened from anywhere; without this file the link leads to them.
const opener = document.querySelector("[data-contents]");
if (opener && window.HTMLDialogElement) {
  const dialog = document.createElement("dialog"), close = document.createElement("button");
  dialog.className = "contents";
  dialog.setAttribute("aria-label", opener.textContent);
  close.type = "button";
  close.textContent = opener.dataset.contents;
  close.addEventListener("click", () => dialog.close());
  const list = document.querySelector("nav.contents > ul").cloneNode(true);
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  dialog.append(close, list);
  document.body.append(dialog);
  opener.setAttribute("role", "button");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  opener.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), opener.click()));
}

// The section that is being read is marked in all lists of contents: the last one whose heading has reached the top.
const marks = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) marks.set(heading, [...(marks.get(heading) ?? []), link]);
}
if (marks.size) {
  const headings = [...marks.keys()].sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1);
  const mark = () => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < 120);
    for (const [heading, links] of marks) for (const link of links) {
      const before = link.hasAttribute("aria-current");
      if (heading !== read) link.removeAttribute("aria-current");
      else if (!before) {
        link.setAttribute("aria-current", "true");
        const nav = link.closest("nav.contents");
        if (nav && nav.scrollHeight > nav.clientHeight) nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
      }
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
}

// A combobox with a list, after the pattern of the WAI-ARIA Authoring Practices.
class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.active = -1;
    this.list = this.make("ul", { id: `${this.input.id}-list`, role: "listbox", class: "suggestions", hidden: "" });
    this.list.setAttribute("aria-label", form.dataset.label);
    this.status = this.make("p", { role: "status", class: "unseen" });
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // A press of the mouse would take the focus, and close the list before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  make(tag, attributes, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort(); // whatever is still on its way answers an older question
    this.close();
    if (this.input.value.trim().length > 1) this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    this.request = new AbortController();
    this.asked = this.input.value;
    const query = new URLSearchParams({ q: this.input.value });
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${query}`, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Aborted, or the line is down: the search itself says what is wrong.
    }
  }

  // Two letters begin too much: they are answered by a name that is no longer. A card of help comes before any name.
  show({ results, card, card_line: line, card_url: url }) {
    const short = this.input.value.trim().length < 3;
    const names = short ? results.filter((result) => result.match === "exact") : results;
    const options = names.map((result) => this.option(result));
    if (card) options.unshift(this.make("li", { role: "option", class: "help", "data-url": url }, line));
    options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.replaceChildren(...options);
    this.reveal();
    const { label, none } = this.form.dataset;
    const silent = short || document.activeElement !== this.input;
    this.status.textContent = options.length ? `${card ? `${line}. ` : ""}${label}: ${names.length}` : silent ? "" : none;
    this.status.classList.toggle("unseen", options.length > 0 || silent);
  }

  reveal() {
    const open = this.list.children.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  option(result) {
    const option = this.make("li", { role: "option", "data-url": result.url });
    option.append(this.make("span", { class: "name" }, result.name));
    if (!["title", "misspelling"].includes(result.kind)) option.append(" ", this.make("small", {}, result.matched));
    const hint = this.form.dataset[result.hint];
    if (hint) option.append(" ", this.make("small", { class: "hint" }, hint));
    const what = [result.class, result.use, result.status_words].filter(Boolean).join(" · ");
    if (what) option.append(" ", this.make("small", { class: "what" }, what));
    return option;
  }

  press(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" && this.list.hidden && this.input.value.trim().length > 1) {
      event.preventDefault();
      if (this.list.children.length && this.asked === this.input.value) this.reveal();
      else this.ask();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !this.list.hidden) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.active]);
    }
  }

  // One place before the first option is the text field itself.
  move(step) {
    const places = this.list.children.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    [...this.list.children].forEach((option, index) =>
      option.setAttribute("aria-selected", String(index === this.active)));
    const option = this.list.children[this.active];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  open(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.status.textContent = "";
    this.status.classList.add("unseen");
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const form of document.querySelectorAll("[data-suggest]")) new Suggestions(form);
