/* Paste: the structure of text from Word, LibreOffice and web pages becomes Markdown, and several lines become rows. */
"use strict";
{
  const LINE_MARK = /^[\s\u00a0]*(?:[·•‣◦▪▫●○■□§\uf0b7\uf0a7\u2013-][\s\u00a0]+|o\t|\d{1,3}[.)][\s\u00a0]+)/;

  const insert = (field, text) => {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    field.focus();
    for (const place of [[0, 0], [start, end]]) field.setSelectionRange(...place); /* what was typed before is undone apart */
    if (document.execCommand("insertText", false, text)) return; /* the browser's own undo takes it back */
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  globalThis.typeInto = insert;

  /* Blocks stand apart from the text around them. */
  const apart = (field, text) => {
    const before = field.value.slice(0, field.selectionStart), after = field.value.slice(field.selectionEnd);
    const lead = before.trim() ? "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length)) : "";
    const tail = after.trim() ? "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length)) : "";
    return lead + text + tail;
  };

  /* Text without structure of its own, such as a PDF's: only its bullets become items. */
  const withItems = (plain) => plain.replace(/\r\n?/g, "\n").replace(/^([ \t]*)[·•‣◦▪▫●○■□\uf0b7\uf0a7][ \t\u00a0]+/gm, "$1- ");

  const linesOf = (text) => text.split(/[\r\n\v\f\u2028\u2029]+/)
    .map((one) => one.replace(LINE_MARK, "").replace(/\s+/g, (spaces) => (/^\u00a0$/.test(spaces) ? spaces : " ")).trim())
    .filter(Boolean);

  let last = null; /* the rows that the last paste added, until something else is typed into its field */

  /* The lines behind the first go into rows of their own, right below. */
  const spread = (field, lines) => {
    const ending = field.name.replace(/^.*-/, "-");
    const added = [];
    let row = field.closest(".row-of-rows"), target = field, rest = lines.slice(1);
    insert(field, lines[0]);
    while (rest.length) {
      const fresh = globalThis.deskRows.addBehind(row);
      if (!fresh) break; /* there is no room for more */
      added.push(fresh);
      row = fresh;
      target = fresh.querySelector(`[name$="${ending}"]`);
      target.value = rest.shift();
      for (const name of ["input", "change"]) target.dispatchEvent(new Event(name, { bubbles: true }));
    }
    if (rest.length) target.value = [target.value, ...rest].join(" ");
    field.focus();
    last = { field, value: field.value, rows: added.map((one) => [one, one.querySelector(`[name$="${ending}"]`)?.value, ending]) };
  };

  document.addEventListener("keydown", (event) => {
    if (!last || event.target !== last.field || event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (last.field.value === last.value) { /* the browser takes the first line back, this the rows below it */
      const group = last.field.closest(".rows");
      for (const [row, value, ending] of last.rows.reverse()) {
        if (row.querySelector(`[name$="${ending}"]`)?.value === value) globalThis.deskRows.remove(row);
      }
      globalThis.deskRows.number(group);
    }
    last = null;
  });

  globalThis.pastedLines = linesOf;

  const isText = (field) => field instanceof HTMLTextAreaElement &&
    (field.matches(".markdownx-editor") || /-(answer|description)$/.test(field.name));
  const isLine = (field) => field instanceof Element && field.matches("textarea,input") && field.closest(".rows .row-of-rows") &&
    /-(name|text)$/.test(field.name || "");

  document.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const plain = data?.getData("text/plain") || "", html = data?.getData("text/html") || "";
    const field = event.target;
    let act = null;
    if (isLine(field)) {
      const lines = linesOf(plain);
      if (lines.length > 1) act = () => spread(field, lines);
      else if (lines.length && lines[0] !== plain.trim()) act = () => insert(field, lines[0]);
    } else if (isText(field)) {
      const markdown = clipboardMarkdown(html);
      const listed = withItems(plain);
      if (markdown) act = () => insert(field, markdown.isLine ? markdown.text : apart(field, markdown.text));
      /* Word lays a picture of the text beside it, which must not stop the text. A picture alone editor.js keeps out. */
      else if (plain && (data.files.length || listed !== plain.replace(/\r\n?/g, "\n"))) act = () => insert(field, listed);
    }
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);
}
