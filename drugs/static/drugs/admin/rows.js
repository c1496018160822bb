/* The order of rows: changed with buttons, by dragging, and without either by the number beside them. */
"use strict";
{
  const place = (row) => parseInt(row.querySelector(".row-position")?.value || "1000000", 10);
  /* On the board rows stand by urgency, and their numbers alone say which comes first. */
  const rowsOf = (group) => {
    const rows = [...group.querySelectorAll(".row-of-rows:not(.empty-form)")];
    return group.matches(".board") ? rows.sort((a, b) => place(a) - place(b)) : rows;
  };
  const say = document.createElement("p");
  say.className = "visually-hidden";
  say.setAttribute("role", "status");

  const number = (group, rows = rowsOf(group)) => rows.forEach((row, index) => {
    const position = row.querySelector(".row-position");
    if (position) position.value = index + 1;
  });

  /* `row` put behind or before `other`, on the screen and in the order that is saved. */
  const put = (group, row, other, isBehind) => {
    const order = rowsOf(group).filter((one) => one !== row);
    order.splice(order.indexOf(other) + (isBehind ? 1 : 0), 0, row);
    isBehind ? other.after(row) : other.before(row);
    number(group, order);
  };

  /* Rows as other scripts read and add them. A board adds its own. */
  globalThis.deskRows = {
    of: rowsOf,
    number,
    add(group) {
      if (group.matches(".board")) return globalThis.effectBoard.add(group);
      const before = new Set(rowsOf(group));
      group.querySelector(".add-row a")?.click();
      return rowsOf(group).find((one) => !before.has(one)); /* none where there is no room for more */
    },
    addBehind(row) {
      const group = row.closest(".rows"), fresh = this.add(group);
      if (!fresh) return null;
      if (group.matches(".board")) globalThis.effectBoard.sort(fresh, row);
      put(group, fresh, row, true);
      return fresh;
    },
    remove(row) {
      row.closest(".board") ? globalThis.effectBoard.remove(row) : row.querySelector(".inline-deletelink")?.click();
    },
  };

  const announce = (group, row) => {
    const rows = [...row.parentElement.querySelectorAll(":scope > .row-of-rows:not(.empty-form)")];
    say.textContent = `Now in place ${rows.indexOf(row) + 1} of ${rows.length}.`;
    row.dispatchEvent(new Event("change", { bubbles: true }));
    row.dispatchEvent(new Event("rows:moved", { bubbles: true }));
  };

  const move = (group, row, step, button) => {
    const rows = [...row.parentElement.querySelectorAll(":scope > .row-of-rows:not(.empty-form)")];
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    put(group, row, other, step > 0);
    announce(group, row);
    button.focus();
  };

  const button = (text, label, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.setAttribute("aria-label", label);
    element.title = label;
    element.addEventListener("click", () => act(element));
    return element;
  };

  const equip = (group, row) => {
    const input = row.querySelector(".row-position");
    if (!input || row.querySelector(".row-tools")) return;
    const tools = document.createElement("span");
    tools.className = "row-tools";
    const handle = document.createElement("span");
    handle.className = "row-handle";
    handle.textContent = "⠿";
    handle.title = "Drag to another place";
    handle.setAttribute("aria-hidden", "true");
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.effectAllowed = "move";
      row.classList.add("row-dragged");
    });
    handle.addEventListener("dragend", () => {
      row.classList.remove("row-dragged");
      number(group);
      announce(group, row);
    });
    tools.append(
      button("↑", "Move up", (self) => move(group, row, -1, self)),
      button("↓", "Move down", (self) => move(group, row, 1, self)),
    );
    if (!group.matches(".board")) tools.append(handle);
    input.after(tools);
  };

  const dragOver = (group, event) => {
    const dragged = group.querySelector(".row-dragged");
    const target = event.target instanceof Element && event.target.closest(".row-of-rows:not(.empty-form)");
    if (!dragged || !target || !group.contains(target)) return;
    event.preventDefault();
    if (target === dragged) return;
    const box = target.getBoundingClientRect();
    event.clientY < box.top + box.height / 2 ? target.before(dragged) : target.after(dragged);
  };

  /* After an error the rows stand as they were sent; their numbers know better. */
  const sort = (group) => {
    if (group.matches(".board")) return;
    const rows = rowsOf(group);
    const sorted = [...rows].sort((a, b) => place(a) - place(b));
    if (rows.every((row, index) => row === sorted[index])) return;
    const anchor = document.createComment("");
    rows[0].before(anchor);
    anchor.after(...sorted);
    anchor.remove();
  };

  /* A section's line says what it holds, so that folded sections can be told apart. */
  const title = (row) => {
    const label = row.querySelector(".inline_label");
    const kind = row.querySelector(".field-kind select");
    if (!label || !kind) return;
    const own = row.querySelector(".field-heading input")?.value.trim();
    const component = row.querySelector(".field-component input")?.value.trim();
    const text = own || (kind.value ? kind.selectedOptions[0].textContent : "New section");
    label.textContent = component ? `${component}: ${text}` : text;
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(say);
    document.body.classList.add("rows-move");
    for (const group of document.querySelectorAll(".rows")) {
      if (!group.querySelector(".row-position")) continue;
      sort(group);
      rowsOf(group).forEach((row) => equip(group, row));
      group.addEventListener("dragover", (event) => dragOver(group, event));
    }
  });
  document.addEventListener("formset:added", (event) => {
    const group = event.target.closest(".rows");
    if (!group) return;
    equip(group, event.target);
    number(group);
  });
  /* Enter goes on to a new row. */
  const NAME = "[name$='-name'], [name$='-text']";
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(field instanceof Element) || !field.matches(`.row-of-rows :is(${NAME})`)) return;
    event.preventDefault();
    const row = field.value.trim() && globalThis.deskRows.addBehind(field.closest(".row-of-rows"));
    row?.querySelector(NAME)?.focus();
  });
  document.addEventListener("change", (event) => {
    const row = event.target instanceof Element && event.target.closest(".sections .row-of-rows");
    if (row) title(row);
  });
}
