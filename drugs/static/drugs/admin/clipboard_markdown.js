/* Conversion of a clipboard's HTML to Markdown: lists, tables, headings, emphasis, links, of Word, LibreOffice and the web.

   What a clipboard holds is hostile: it is parsed into a document of its own, where nothing runs or loads, and only
   read. What comes out is text, which the one renderer sanitises like any other.

   Three steps: the nodes become blocks of runs, neighbouring items become lists, and blocks become Markdown.
   What a run is stands in runs_markdown.js. */
"use strict";
{
  const { merged, line, cellLine, headingLine } = globalThis.runsToMarkdown;
  const MAX_HTML = 5_000_000, MAX_OPEN = 500, MAX_NODES = 100_000, MAX_CELLS = 5_000, MAX_DEPTH = 6, MAX_STYLE = 2_000, MAX_URL = 2_000;
  const BLOCKS = new Set(("address,article,aside,blockquote,body,caption,center,dd,details,div,dl,dt,fieldset,figcaption," +
    "figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,legend,li,main,nav,ol,p,pre,section,summary,table,ul").split(","));
  /* What is struck out, deleted or a comment beside the text is not part of it. */
  const IGNORED = new Set(("audio,button,canvas,del,head,iframe,img,input,link,meta,noscript,object,s,script,select,strike," +
    "style,svg,template,textarea,title,video").split(","));
  const CLOSES_ITSELF = new Set("area,base,br,col,embed,hr,img,input,link,meta,p,source,track,wbr".split(","));
  const IGNORED_STYLE = /mso-list\s*:\s*ignore|display\s*:\s*none|text-decoration[^;]*line-through|mso-element\s*:\s*comment|mso-special-character\s*:\s*comment/;
  const IGNORED_CLASS = /\b(msocomanchor|msocomtxt|MsoCommentReference|msoDel)\b/;
  const BULLET = /^[\s\u00a0]*[·•‣◦▪▫●○■□§\uf0b7\uf0a7][\s\u00a0]+/;

  /* From nodes to blocks. */

  class TooMuch extends Error {}

  const style = (node) => (node.getAttribute("data-style") || node.getAttribute("style") || "").slice(0, MAX_STYLE).toLowerCase();
  const isIgnored = (node, css) => IGNORED.has(node.localName) || node.hasAttribute("hidden") || IGNORED_STYLE.test(css) ||
    IGNORED_CLASS.test(node.getAttribute("class") || "");

  const address = (node) => {
    const href = (node.getAttribute("href") || "").trim();
    if (href.length > MAX_URL || !/^(https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(href)) return "";
    return href.replace(/[()<>"'\\|`*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/&(?=#?\w+;)/g, "&amp;");
  };

  const formatOf = (node, css, outer) => {
    const format = { ...outer };
    const weight = /font-weight\s*:\s*(\w+)/.exec(css)?.[1];
    if (weight && weight !== "inherit") format.bold = /^bold/.test(weight) || parseInt(weight, 10) >= 600;
    else if (node.matches("b,strong")) format.bold = true;
    const slant = /font-style\s*:\s*(\w+)/.exec(css)?.[1];
    if (slant && slant !== "inherit") format.italic = /^(italic|oblique)/.test(slant);
    else if (node.matches("i,em")) format.italic = true;
    const place = /vertical-align\s*:\s*(sub|super)\b/.exec(css)?.[1];
    if (node.matches("sub,sup")) format.small = node.localName;
    else if (place && node.matches("span,font,a")) format.small = place === "sub" ? "sub" : "sup";
    if (node.localName === "a") format.href = address(node) || format.href;
    return format;
  };

  /* A paragraph that Word shows as an item of a list, on paper or in the browser: its level and its number. */
  const wordItem = (node, css) => {
    const level = node.localName === "p" && /mso-list\s*:[^;]*level(\d)/.exec(css)?.[1];
    if (!level) return null;
    const mark = [...node.querySelectorAll("[data-style],[style]")].find((part) => /mso-list\s*:\s*ignore/.test(style(part)));
    const shown = (mark?.textContent || "").replace(/[\s\u00a0]+/g, "");
    const number = /^\(?(?:\d{1,3}\.)*(\d{1,8})[.)]*$/.exec(shown)?.[1] || (/^\(?a[.)]$/i.test(shown) ? "1" : "");
    const ordered = Boolean(number) || /^\(?[a-z]{1,5}[.)]$/i.test(shown);
    return { level: parseInt(level, 10), ordered, number: number ? parseInt(number, 10) : 0 };
  };

  /* Reads one clipboard. `depth` counts the lists and quotations around. */
  class Reader {
    nodes = 0;

    blocks(nodes, format, depth) {
      const out = [];
      let runs = [];
      const flush = () => { out.push(...paragraphs(runs)); runs = []; };
      const walk = (children, outer, pre) => {
        for (const node of children) {
          if (++this.nodes > MAX_NODES) throw new TooMuch();
          if (node.nodeType === Node.TEXT_NODE) {
            if (pre) node.data.split("\n").forEach((text, index) => runs.push(...(index ? [{ br: true }] : []), { ...outer, text }));
            else runs.push({ ...outer, text: node.data.replace(/[\t\n\r\f ]+/g, " ") });
            continue;
          }
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          const css = style(node);
          if (isIgnored(node, css)) continue;
          if (node.localName === "br") { runs.push({ br: true }); continue; }
          if (!BLOCKS.has(node.localName)) { walk(node.childNodes, formatOf(node, css, outer), pre); continue; }
          flush();
          const inner = formatOf(node, css, outer);
          const item = wordItem(node, css);
          if (item) {
            const content = this.blocks(node.childNodes, inner, depth + 1);
            if (content.length) out.push({ type: "item", ...item, content });
          } else if (/^h\d$/.test(node.localName)) {
            const text = headingLine(merged(this.runs(node.childNodes, inner).map((run) => ({ ...run, bold: false }))));
            if (text) out.push({ type: "heading", level: parseInt(node.localName[1], 10), text });
          } else if (node.matches("ul,ol") && depth < MAX_DEPTH) out.push(...this.list(node, inner, depth));
          else if (node.localName === "li" && depth < MAX_DEPTH) {
            const content = this.blocks(node.childNodes, inner, depth + 1);
            if (content.length) out.push({ type: "item", level: 1, ordered: false, number: 0, content });
          } else if (node.localName === "table") out.push(...this.table(node, inner, depth));
          else if (node.localName === "blockquote" && depth < MAX_DEPTH) {
            const content = this.blocks(node.childNodes, inner, depth + 1);
            if (content.length) out.push({ type: "quote", content });
          } else {
            walk(node.childNodes, inner, pre || node.localName === "pre");
            flush();
          }
        }
      };
      walk(nodes, format, false);
      flush();
      return lists(out, depth);
    }

    /* All text of some nodes as runs, whatever the blocks in it: for headings and the cells of a table. */
    runs(nodes, format) {
      const out = [];
      const walk = (children, outer) => {
        for (const node of children) {
          if (++this.nodes > MAX_NODES) throw new TooMuch();
          if (node.nodeType === Node.TEXT_NODE) out.push({ ...outer, text: node.data.replace(/[\t\n\r\f ]+/g, " ") });
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          const css = style(node);
          if (isIgnored(node, css)) continue;
          const isBlock = BLOCKS.has(node.localName) || node.matches("td,th,tr");
          if (node.localName === "br") out.push({ br: true });
          if (isBlock) out.push({ br: true, block: true });
          walk(node.childNodes, formatOf(node, css, outer));
          if (isBlock) out.push({ br: true, block: true });
        }
      };
      walk(nodes, format);
      return out;
    }

    list(node, format, depth) {
      const ordered = node.localName === "ol";
      let number = Math.min(Math.max(parseInt(node.getAttribute("start") || "1", 10) || 0, 0), 900_000_000);
      const items = [];
      const out = [{ type: "list", ordered, start: number, items }];
      for (const child of node.childNodes) {
        const element = child.nodeType === Node.ELEMENT_NODE;
        if (element && isIgnored(child, style(child))) continue;
        const isItem = element && child.localName === "li";
        const content = isItem ? this.blocks(child.childNodes, formatOf(child, style(child), format), depth + 1)
          : this.blocks([child], format, depth + 1);
        if (!content.length) continue;
        const level = isItem && parseInt(child.dataset.ariaLevel || "", 10); /* Word in the browser: lists of one item */
        if (level) out.push({ type: "item", level, ordered, number: number++, content });
        else if (isItem || !items.length) { items.push(content); number += 1; }
        else items.at(-1).push(...content); /* a list in a list, without an item around it: older editors */
      }
      return items.length ? out : out.slice(1);
    }

    /* Cells that were merged say their words in each row and column that they stood for; a row's title once. */
    table(node, format, depth) {
      const rows = [...node.rows];
      const grid = rows.map(() => []);
      let cells = 0;
      rows.forEach((row, at) => {
        let column = 0;
        for (const cell of row.cells) {
          if (isIgnored(cell, style(cell))) continue;
          while (grid[at][column]) column += 1;
          const [width, height] = [cell.colSpan || 1, Math.min(cell.rowSpan || rows.length, rows.length - at)];
          cells += width * height;
          if (cells > MAX_CELLS) throw new TooMuch();
          for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) grid[at + y][column + x] = { cell, x, width };
          column += width;
        }
      });
      const filled = grid.filter((row, at) => row.length && rows[at].cells.length);
      const width = Math.max(0, ...filled.map((row) => row.length));
      if (filled.length * width > MAX_CELLS) throw new TooMuch();
      const out = node.caption ? this.blocks(node.caption.childNodes, format, depth) : [];
      if (width < 2) {
        for (const [{ cell }] of filled) out.push(...this.blocks(cell.childNodes, formatOf(cell, style(cell), format), depth));
        return out;
      }
      const texts = new Map();
      const text = ({ cell, x, width: span }) => {
        if (span === width && x) return "";
        if (!texts.has(cell)) {
          const runs = this.runs(cell.childNodes, formatOf(cell, style(cell), format));
          texts.set(cell, cellLine(merged(runs)));
        }
        return texts.get(cell);
      };
      const written = filled.map((row) => Array.from({ length: width }, (_, x) => (row[x] ? text(row[x]) : "")));
      if (written.every((row) => row.every((one) => !one))) return out;
      const lines = written.map((row) => `| ${row.join(" | ")} |`);
      lines.splice(1, 0, `|${" --- |".repeat(width)}`);
      return [...out, { type: "table", text: lines.join("\n") }];
    }
  }

  /* A paragraph ends at an empty line; a line that begins with a bullet is an item. */
  const paragraphs = (runs) => {
    const rows = [[]];
    for (const run of merged(runs)) run.br ? rows.push([]) : rows.at(-1).push(run);
    const out = [];
    let open = null; /* what the next line goes on */
    for (const row of rows) {
      if (!row.some((run) => run.text.trim())) { open = null; continue; }
      const bullet = BULLET.exec(row[0].text + (row[1]?.text || ""))?.[0];
      if (bullet) {
        let left = bullet.length;
        for (const run of row.slice(0, 2)) {
          const cut = Math.min(left, run.text.length);
          run.text = run.text.slice(cut);
          left -= cut;
        }
        open = { type: "p", runs: row };
        out.push({ type: "item", level: 1, ordered: false, number: 0, content: [open] });
      } else if (open) open.runs.push({ br: true }, ...row);
      else { open = { type: "p", runs: row }; out.push(open); }
    }
    return out.filter((block) => {
      const paragraph = block.type === "item" ? block.content[0] : block;
      paragraph.text = line(paragraph.runs);
      return paragraph.text;
    });
  };

  /* Neighbouring items become nested lists, neighbouring lists one, unless the second counts anew. */
  const lists = (blocks, depth) => {
    const out = [];
    let stack = [];
    const into = (target, list) => {
      const last = target.at(-1);
      const goesOn = last?.type === "list" && last.ordered === list.ordered &&
        (!list.ordered || !list.start || list.start === last.start + last.items.length);
      if (goesOn) { last.items.push(...list.items); return last; }
      list.start = list.start || (list.ordered ? 1 : 0);
      list.other = last?.type === "list" && last.ordered && list.ordered && !last.other;
      target.push(list);
      return list;
    };
    for (const block of blocks) {
      if (block.type !== "item") {
        stack = [];
        if (block.type === "list") into(out, block);
        else out.push(block);
        continue;
      }
      while (stack.length && (stack.at(-1).level >= block.level || stack.length + depth >= MAX_DEPTH)) stack.pop();
      into(stack.length ? stack.at(-1).content : out,
        { type: "list", ordered: block.ordered, start: block.number, items: [block.content] });
      stack.push(block);
    }
    return out;
  };

  /* From blocks to Markdown. */

  const indented = (text, width) => text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(width)}`);
  const listText = (list) => list.items.map((content, index) => {
    const marker = list.ordered ? `${list.start + index}${list.other ? ")" : "."} ` : "- ";
    return marker + indented(blocksText(content, true), marker.length);
  }).join("\n");
  const blockText = (block) => {
    if (block.type === "list") return listText(block);
    if (block.type === "quote") return blocksText(block.content).replace(/^/gm, "> ").replace(/ +$/gm, "");
    return block.text;
  };
  const blocksText = (blocks, isItem) => blocks.map((block, index) => {
    if (!index) return blockText(block);
    const isTight = isItem && block.type === "list" && blocks[index - 1].type === "p" && (!block.ordered || block.start === 1);
    return `${isTight ? "\n" : "\n\n"}${blockText(block)}`;
  }).join("");

  /* The highest heading of the clipboard becomes ####, which is the highest that a section may hold. */
  const withHeadings = (blocks) => {
    const found = [];
    const collect = (some) => some.forEach((block) => {
      if (block.type === "heading") found.push(block);
      (block.items || []).forEach(collect);
      if (block.content) collect(block.content);
    });
    collect(blocks);
    const top = found.reduce((least, block) => Math.min(least, block.level), 6);
    for (const block of found) {
      block.text = `${"#".repeat(Math.min(4 + block.level - top, 6))} ${block.text.replace(/(\s)(#+)$/, "$1\\$2")}`;
    }
    return blocks;
  };

  /* Whether more elements stand open at once than any text has: parsers of HTML need the square of their number. */
  const isTooDeep = (html) => {
    const tags = /<!--|<(\/?)([a-z][^\s/>]{0,40})/gi;
    const open = new Map();
    let count = 0;
    for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
      if (!tag[2]) {
        const end = html.indexOf("-->", tags.lastIndex);
        if (end < 0) break;
        tags.lastIndex = end;
        continue;
      }
      const name = tag[2].toLowerCase(), before = open.get(name) || 0;
      if (CLOSES_ITSELF.has(name) || (tag[1] && !before)) continue;
      open.set(name, before + (tag[1] ? -1 : 1));
      count += tag[1] ? -1 : 1;
      if (count > MAX_OPEN) return true;
    }
    return false;
  };

  /* The content policy speaks up about styles and handlers even where nothing applies or runs: they get other names. */
  const harmless = (html) => html.replace(/<[a-z][^<>]*>/gi,
    (tag) => tag.replace(/([\s"'/])(style|on[a-z]{1,30})(?=\s*=)/gi, "$1data-$2"));

  /* {text, isLine}: the Markdown, and whether it is but words in a line; null for HTML that says no more than its text. */
  globalThis.clipboardMarkdown = (html) => {
    if (!html || html.length > MAX_HTML || isTooDeep(html)) return null;
    const { body } = new DOMParser().parseFromString(harmless(html), "text/html");
    const only = body.children.length === 1 ? body.firstElementChild : null;
    if (only?.matches("pre,code,div") && (only.matches("pre,code") || /white-space\s*:\s*pre/.test(style(only)))) return null;
    try {
      const blocks = withHeadings(new Reader().blocks(body.childNodes, {}, 0));
      const isLine = blocks.length === 1 && blocks[0].type === "p";
      if (!blocks.length || (isLine && blocks[0].runs.every((run) => !run.br && !run.bold && !run.italic && !run.small && !run.href))) return null;
      return { text: blocksText(blocks), isLine };
    } catch (error) {
      if (error instanceof TooMuch || error instanceof RangeError) return null;
      throw error;
    }
  };
}
