// The site works without this file. It adds a print button and suggestions below the search box.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
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
    if (this.input.value.trim().length > 2) this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    this.request = new AbortController();
    const query = new URLSearchParams({ q: this.input.value });
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${query}`, { signal: this.request.signal });
      if (answer.ok) this.show((await answer.json()).results);
    } catch {
      // Aborted, or the line is down: the search itself says what is wrong.
    }
  }

  show(results) {
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index)));
    const open = results.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.status.textContent = open ? `${this.form.dataset.label}: ${results.length}` : "";
  }

  option(result, index) {
    const option = this.make("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" });
    option.dataset.url = result.url;
    option.append(this.make("span", {}, result.name));
    if (!["title", "misspelling"].includes(result.kind)) option.append(" ", this.make("small", {}, result.matched));
    if (result.match === "fuzzy" && !this.holds(result.matched)) option.append(" ", this.make("small", {}, this.form.dataset.similar));
    return option;
  }

  // Whether a name was typed in full, among other words: then it is not another medicine's.
  holds(name) {
    const words = (text) => ` ${text.toLowerCase().split(/[^\p{L}\p{N}]+/u).join(" ").trim()} `;
    return words(this.input.value).includes(words(name));
  }

  press(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
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
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const form of document.querySelectorAll("[data-suggest]")) new Suggestions(form);
