/* The board of side effects: several rows chosen and sorted at once, a pasted list made into rows, and beside it what
   readers will see. Without it each row has its own fields, in the same lists. */
"use strict";
{
  const board = () => document.querySelector(".board");
  const rows = () => [...board().querySelectorAll(".board-lists .effect-row")];
  const boxes = () => [...board().querySelectorAll(".board-lists .effect-row:not([hidden]) > .effect-pick")];
  const chosen = () => rows().filter((row) => row.querySelector(".effect-pick").checked);
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const place = (row) => parseInt(field(row, "position").value || "1000000", 10);
  const listOf = (urgency) => board().querySelector(`ul[data-urgency="${CSS.escape(urgency)}"]`);

  let nothing = ""; /* what the page says while nothing is ticked */
  const say = (words) => { board().querySelector(".board-count").textContent = words; };
  const count = () => {
    const number = chosen().length;
    say(number ? `${number} ticked. Sort as:` : nothing);
    for (const list of board().querySelectorAll(".board-list")) {
      const picks = [...list.querySelectorAll(".effect-pick")];
      list.querySelector(".board-number").textContent = list.querySelectorAll(".effect-row:not([hidden])").length;
      list.querySelector(".board-all").checked = picks.length > 0 && picks.every((box) => box.checked);
    }
  };

  /* A row stands in the list of its urgency, by its number. */
  const sortIn = (row) => {
    const list = listOf(field(row, "urgency").value);
    if (row.parentElement === list) return;
    const next = [...list.children].find((other) => place(other) > place(row));
    next ? next.before(row) : list.append(row);
  };
  const relabel = (row) => {
    const frequency = field(row, "frequency");
    row.querySelector(".effect-often").textContent = frequency.selectedOptions[0]?.textContent || "";
    row.classList.toggle("effect-gone", field(row, "DELETE").checked);
    row.querySelector(".effect-pick").setAttribute("aria-label", `Choose ${field(row, "name").value || "this row"}`);
  };

  /* What is chosen gets one value in one act. */
  const set = (name, value) => {
    const changed = chosen();
    if (!changed.length) { say("Tick side effects first."); return; }
    for (const row of changed) {
      field(row, name).value = value;
      row.querySelector(".effect-pick").checked = false;
      sortIn(row);
      relabel(row);
    }
    count();
    field(changed[0], name).dispatchEvent(new Event("change", { bubbles: true }));
    const words = field(changed[0], name).selectedOptions[0].textContent;
    say(`${changed.length} set to “${words}”. ${nothing}`);
  };

  /* Rows that are added and taken away again */
  const total = () => document.getElementById(`id_${board().id.replace("-group", "")}-TOTAL_FORMS`);
  const addIn = (urgency) => {
    const index = total().value;
    const row = board().querySelector(".row-template").content.firstElementChild.cloneNode(true);
    for (const part of [row, ...row.querySelectorAll("[id], [name]")]) {
      for (const name of ["id", "name"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__prefix__", index));
      }
    }
    total().value = Number(index) + 1;
    field(row, "urgency").value = urgency;
    field(row, "position").value = rows().length + 1;
    row.classList.add("effect-new");
    listOf(urgency).append(row);
    relabel(row);
    count();
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "side_effects" } }));
    return row;
  };
  globalThis.effectBoard = {
    add: () => addIn("unsorted"),
    sort(row, like) {
      field(row, "urgency").value = field(like, "urgency").value;
      sortIn(row);
    },
    /* Fields are numbered without a gap: only the last row goes at once, others when the page is saved. */
    remove(row) {
      if (Number(row.id.replace(/^.*-/, "")) === total().value - 1) {
        row.remove();
        total().value -= 1;
      } else {
        field(row, "DELETE").checked = true;
        row.hidden = row.classList.contains("effect-new");
      }
      count();
      document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: "side_effects" } }));
    },
  };

  /* A list that was copied somewhere: lines, or what stands between the commas of one line, brackets and numbers apart. */
  const split = (text) => {
    const lines = globalThis.pastedLines(text);
    if (lines.length !== 1) return lines;
    const items = [""];
    let depth = 0;
    [...lines[0]].forEach((letter, at, all) => {
      if ("([".includes(letter)) depth += 1;
      if (")]".includes(letter)) depth = Math.max(0, depth - 1);
      const isNumber = letter === "," && /\d/.test(all[at - 1] || "") && /\d/.test(all[at + 1] || "");
      if (!depth && !isNumber && (letter === "," || letter === ";")) items.push("");
      else items[items.length - 1] += letter;
    });
    return items.map((item) => item.trim().replace(/^and\s+/i, "")).filter(Boolean);
  };
  const showSplit = (box) => {
    const items = split(box.querySelector("textarea").value);
    const known = new Set(rows().map((row) => field(row, "name").value.trim().toLowerCase()));
    const twice = items.filter((item) => known.has(item.toLowerCase()));
    box.querySelector("p").textContent = items.length ? `${items.length} row${items.length === 1 ? "" : "s"}: ${items.join(" · ")}.` +
      (twice.length ? ` In the list already: ${twice.join(" · ")}.` : "") : "";
  };
  const makeRows = (box) => {
    const area = box.querySelector("textarea");
    const made = split(area.value).map((name) => {
      const row = addIn("unsorted");
      field(row, "name").value = name;
      relabel(row);
      return row;
    });
    if (!made.length) return;
    field(made[0], "name").dispatchEvent(new Event("change", { bubbles: true }));
    area.value = "";
    box.open = false;
    box.querySelector("p").textContent = "";
    say(`${made.length} rows made, not sorted yet.`);
    made[0].querySelector(".effect-pick").focus();
  };

  /* What readers will see, from the server, while the board is open */
  let timer, asked = 0;
  const preview = async () => {
    const seen = board().querySelector(".board-seen");
    const effects = globalThis.deskRows.of(board()).filter((row) => !field(row, "DELETE").checked && field(row, "name").value.trim()).map(
      (row) => Object.fromEntries(["name", "description", "group", "label", "frequency", "urgency", "component"].map((name) => [name, field(row, name).value])));
    const number = (asked += 1);
    const token = document.querySelector("[name='csrfmiddlewaretoken']").value;
    try {
      const answer = await fetch(seen.dataset.preview, {
        method: "POST", credentials: "same-origin", redirect: "error",
        headers: { "X-CSRFToken": token, "Content-Type": "application/json" }, body: JSON.stringify({ effects }),
      });
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (number === asked) seen.replaceChildren(...part.body.childNodes);
    } catch {
      if (number === asked) seen.textContent = "No preview: the site cannot be reached.";
    }
  };
  const later = () => {
    clearTimeout(timer);
    if (board().querySelector(".list-fold").open) timer = setTimeout(preview, 500);
  };

  let last = null; /* the box from which Shift chooses */
  const choose = (box, isRange) => {
    const all = boxes(), ends = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (isRange && ends[0] >= 0) for (const one of all.slice(ends[0], ends[1] + 1)) one.checked = box.checked;
    last = box;
    count();
  };
  const onClick = (event) => {
    const target = event.target;
    if (target.matches(".effect-pick")) choose(target, event.shiftKey);
    else if (target.matches(".board-all")) {
      for (const box of target.closest(".board-list").querySelectorAll(".effect-row:not([hidden]) .effect-pick")) box.checked = target.checked;
      count();
    } else if (target.closest(".board-add")) field(addIn(target.closest(".board-list").querySelector("ul").dataset.urgency), "name").focus();
    else if (target.matches("[data-urgency]")) set("urgency", target.dataset.urgency);
    else if (target.matches("[data-set]")) set("frequency", board().querySelector(".board-often").value);
    else if (target.matches(".paste-list button")) makeRows(target.closest(".paste-list"));
  };
  const onKey = (event) => {
    const box = event.target;
    if (!box.matches(".effect-pick") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = boxes(), to = all[all.indexOf(box) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    const urgency = [...board().querySelectorAll(".board-bar [data-urgency]")][Number(event.key) - 1];
    if (to) {
      if (event.shiftKey) {
        box.checked = to.checked = true;
        last = to;
        count();
      }
      to.focus();
    } else if (urgency && !event.shiftKey) {
      if (!chosen().length) box.checked = true;
      const rest = all.slice(all.indexOf(box)).find((one) => !one.checked) || all.find((one) => !one.checked);
      set("urgency", urgency.dataset.urgency);
      (rest || box).focus();
    } else return;
    event.preventDefault();
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!board()) return;
    nothing = board().querySelector(".board-count").textContent;
    for (const part of board().querySelectorAll(".board-bar, .board-tools, .paste-list, .board-seen")) part.hidden = false;
    board().addEventListener("click", onClick);
    board().addEventListener("keydown", onKey);
    board().addEventListener("input", (event) => {
      if (event.target.matches(".paste-list textarea")) showSplit(event.target.closest(".paste-list"));
      later();
    });
    board().addEventListener("change", (event) => {
      const row = event.target.closest(".effect-row");
      if (!row || event.target.matches(".effect-pick")) return;
      const isFocused = event.target === document.activeElement;
      if (event.target.name?.endsWith("-urgency")) sortIn(row);
      relabel(row);
      count();
      if (isFocused) event.target.focus();
      later();
    });
    board().querySelector(".list-fold").addEventListener("toggle", later);
    for (const name of ["formset:added", "formset:removed", "rows:moved", "desk:filled"]) document.addEventListener(name, later);
  });
}
