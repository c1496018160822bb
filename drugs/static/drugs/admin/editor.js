/* The Markdown editor as any other text field: it grows, lets Tab pass and takes no files. */
"use strict";
{
  const isEditor = (target) => target instanceof Element && target.matches(".markdownx-editor");

  /* Rows added on the page: the script starts only editors without its mark, so it is run once more. */
  document.addEventListener("formset:added", (event) => {
    const editors = event.target.querySelectorAll(".markdownx-editor");
    const source = [...document.scripts].map((s) => s.src).find((s) => /\/markdownx\/js\/markdownx[^/]*\.js/.test(s));
    if (!editors.length || !source) return;
    for (const editor of editors) editor.removeAttribute("data-markdownx-init");
    const again = document.createElement("script");
    again.src = source;
    again.addEventListener("load", () => again.remove());
    document.head.append(again);
  });

  /* Its shortcuts catch Tab (a trap for the keyboard) and rewrite other lines than the one meant. */
  document.addEventListener("keydown", (event) => {
    const shortcut = event.key === "Tab" || ((event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key));
    if (isEditor(event.target) && shortcut) event.stopPropagation();
  }, true);

  /* A refused upload would be typed into the text as "Invalid response". */
  for (const [type, property] of [["drop", "dataTransfer"], ["paste", "clipboardData"]]) {
    document.addEventListener(type, (event) => {
      if (isEditor(event.target) && event[property]?.files?.length) {
        event.preventDefault();
        event.stopPropagation();
      }
    }, true);
  }

  /* Text fields are as high as their text. */
  const grow = (area) => {
    if (!area.offsetParent) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };
  const growAll = (root) => root.querySelectorAll("textarea.grows, .markdownx-editor").forEach(grow);
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches("textarea.grows, .markdownx-editor")) grow(event.target);
  });
  document.addEventListener("toggle", (event) => growAll(event.target), true);
  document.addEventListener("formset:added", (event) => growAll(event.target));
  document.addEventListener("desk:filled", () => growAll(document));
  window.addEventListener("load", () => growAll(document));
  window.addEventListener("resize", () => growAll(document));

  /* What was refused may stand far below the note that says so: it leads to each place. */
  document.addEventListener("DOMContentLoaded", () => {
    const places = document.createElement("ul");
    document.querySelectorAll("#monograph_form .errorlist").forEach((errors, index) => {
      errors.id ||= `refused-${index}`;
      const link = document.createElement("a");
      link.href = `#${errors.id}`;
      const label = errors.classList.contains("nonfield") ? null : errors.parentElement.querySelector("label");
      const field = label?.textContent || errors.closest("td")?.dataset.label;
      const words = [errors.closest("details")?.querySelector("summary")?.textContent, field, errors.textContent];
      link.textContent = words.map((text) => text?.trim().replace(/:$/, "")).filter(Boolean).join(": ");
      const place = document.createElement("li");
      place.append(link);
      places.append(place);
    });
    if (places.children.length) document.querySelector(".errornote")?.append(places);
  });
}
