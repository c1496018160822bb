/* The Markdown editor as any other text field: it grows, lets Tab pass and takes no files. */
"use strict";
{
  const isEditor = (target) => target instanceof Element && target.matches(".markdownx-editor");

  /* The preview of a section starts when the section is opened. The script of the preview starts only editors without
     its mark, which all have at first, and is run once more for those that lose it. */
  const started = new WeakSet();
  const isShown = (field) => !field.closest("details:not([open]), .empty-form"); /* asking for its box would lay out what is folded */
  const startPreviews = (root) => {
    const waiting = [...root.querySelectorAll("[name='section'] .markdownx-editor")].filter((editor) => !started.has(editor) && isShown(editor));
    const source = [...document.scripts].map((s) => s.src).find((s) => /\/markdownx\/js\/markdownx[^/]*\.js/.test(s));
    if (!waiting.length || !source) return;
    for (const editor of waiting) {
      started.add(editor);
      editor.removeAttribute("data-markdownx-init");
    }
    const again = document.createElement("script");
    again.src = source;
    again.addEventListener("load", () => again.remove());
    document.head.append(again);
  };

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

  /* Text fields are as high as their text. All are measured before any is set: each one set between would make the
     browser lay out the page again. */
  const GROWING = `textarea.grows, .markdownx-editor${CSS.supports("field-sizing", "content") ? "" : ", textarea.fits"}`;
  const grow = (areas) => {
    const seen = areas.filter(isShown);
    for (const area of seen) area.style.height = "auto";
    const heights = seen.map((area) => area.scrollHeight + area.offsetHeight - area.clientHeight);
    seen.forEach((area, index) => { area.style.height = `${heights[index]}px`; });
  };
  const growAll = (root) => grow([...root.querySelectorAll(GROWING)]);
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches(GROWING)) grow([event.target]);
  });
  document.addEventListener("toggle", (event) => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return;
    growAll(event.target);
    startPreviews(event.target);
  }, true);
  document.addEventListener("desk:filled", () => growAll(document));
  window.addEventListener("load", () => { growAll(document); startPreviews(document); });
  window.addEventListener("resize", () => growAll(document));

  /* A row that somebody asked for is open and has the cursor. Scripts that add rows put it where they want it. */
  let isAsked = false;
  document.addEventListener("click", (event) => {
    isAsked = event.isTrusted && event.target instanceof Element && event.target.closest(".add-row a") !== null;
  }, true);
  document.addEventListener("formset:added", (event) => {
    const row = event.target, fold = row.querySelector("details[name='section']");
    if (fold) fold.open = true;
    growAll(row);
    startPreviews(row);
    if (!isAsked) return;
    isAsked = false;
    [...row.querySelectorAll("input, select, textarea")].find((field) => field.checkVisibility() && !field.readOnly)?.focus();
  });
}
