/* Runs of formatted text to one paragraph, cell or heading of Markdown: emphasis, links, sub- and superscript, escapes.

   A run is {text, bold, italic, small, href} or {br: true}; `small` is "sub" or "sup". */
"use strict";
{
  /* Runs of one look that touch become one; of spaces that meet one stays. */
  const merged = (runs) => {
    const out = [];
    let isSpaced = true;
    for (const run of runs) {
      if (run.br) { out.push(run); isSpaced = true; continue; }
      const text = isSpaced ? run.text.replace(/^ +/, "") : run.text;
      if (!text) continue;
      isSpaced = text.endsWith(" ");
      const last = out.at(-1);
      const isSame = last && !last.br && ["bold", "italic", "small", "href"].every((key) => (last[key] || "") === (run[key] || ""));
      if (isSame) last.text += text;
      else out.push({ ...run, text });
    }
    return out;
  };

  const escaped = (text) => text.replace(/[\ufdd0-\ufdd3]/g, "").replace(/[\\`_[\]]/g, "\\$&")
    .replace(/(?<![A-Za-z0-9])\*|\*(?!\d)/g, "\\*") /* the star of HLA-B*57:01 is a letter, as the renderer knows */
    .replace(/&(?=#?\w+;)/g, "\\&");
  /* What would open a heading, a list, a quotation, a fence or a table at the start of a line is a character here. */
  const atStart = (text) => text.replace(/^(#{1,6}|[-+>])(?=\s|$)/, "\\$1").replace(/^(~{3}|>|\|)/, "\\$1")
    .replace(/^(?=[-:])([-:|\s]+$)/, "\\$1").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

  const MARKS = { bold: ["\ufdd0", "\ufdd1", "**", "b"], italic: ["\ufdd2", "\ufdd3", "*", "i"] };
  const wrapped = (text, before, after) => {
    const inner = text.trim();
    const left = text.length - text.trimStart().length;
    return inner ? `${text.slice(0, left)}${before}${inner}${after}${text.slice(left + inner.length)}` : text;
  };

  /* Neighbours that share a property are written together: links hold bold, bold holds italic. */
  const written = (runs, keys) => {
    if (!keys.length) return runs.map((run) => (run.br ? run.as : escaped(run.text))).join("");
    const [key, ...others] = keys;
    let text = "";
    for (let at = 0; at < runs.length;) {
      const value = runs[at][key] || "";
      let end = at + 1;
      while (end < runs.length && (runs[end][key] || "") === value) end += 1;
      const inner = written(runs.slice(at, end), others);
      if (!value || !inner.trim()) text += inner;
      else if (key === "href") text += wrapped(inner, "[", `](${value})`);
      else if (key === "small") text += wrapped(inner, `<${value}>`, `</${value}>`);
      else text += wrapped(inner, MARKS[key][0], MARKS[key][1]);
      at = end;
    }
    return text;
  };

  /* Stars open and close only beside certain letters (CommonMark, “flanking”); elsewhere it takes a tag. */
  const starred = (text) => {
    const look = (letter) => {
      if (letter === undefined || /\s/.test(letter)) return "space";
      if (/[\ufdd0-\ufdd3*]/.test(letter)) return "mark";
      if (/[!-/:-@[-`{-~]/.test(letter)) return "ascii";
      return /[\p{L}\p{N}]/u.test(letter) ? "letter" : "other";
    };
    const fits = (outer, inner) => outer === "space" || (outer !== "mark" && inner === "letter") || (outer === "ascii" && inner === "ascii");
    const out = [...text];
    for (const [open, close, mark, tag] of Object.values(MARKS)) {
      for (let at = out.indexOf(open); at >= 0; at = out.indexOf(open, at + 1)) {
        const end = out.indexOf(close, at);
        const plain = fits(look(out[at - 1]), look(out[at + 1])) && fits(look(out[end + 1]), look(out[end - 1]));
        out[at] = plain ? mark : `<${tag}>`;
        out[end] = plain ? mark : `</${tag}>`;
      }
    }
    return out.join("");
  };

  /* Lines that stood below each other in a cell must not melt into one number: a semicolon parts them. */
  const inCell = (runs) => {
    const out = [];
    let before = "", gap = null;
    for (const run of runs) {
      if (run.br) { gap = { isBlock: gap?.isBlock || run.block }; continue; }
      if (!run.text.trim()) { out.push(run); continue; }
      if (gap && before) {
        const soft = /[.,;:!?]$/.test(before) || (!gap.isBlock && /^[\p{Ll}(]/u.test(run.text.trimStart()));
        out.push({ br: true, as: soft ? " " : "; " });
      }
      out.push(run);
      gap = null;
      before = run.text.slice(-20).trimEnd();
    }
    return out;
  };

  const oneLine = (runs) => starred(written(runs, ["href", "bold", "italic", "small"])).trim();
  /* Runs as one paragraph, in which lines may break. */
  const line = (runs) => oneLine(runs.map((run) => (run.br ? { ...run, as: "\n" } : run)))
    .split("\n").map((one) => atStart(one.trim())).filter(Boolean).join("\\\n");
  const cellLine = (runs) => oneLine(inCell(runs)).replace(/ {2,}/g, " ").replace(/\|/g, "\\|");
  const headingLine = (runs) => oneLine(runs.map((run) => (run.br ? { ...run, as: " " } : run))).replace(/ {2,}/g, " ");

  globalThis.runsToMarkdown = { merged, line, cellLine, headingLine };
}
