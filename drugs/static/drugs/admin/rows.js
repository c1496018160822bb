/* The order of rows: changed with buttons, by dragging, and without either by the number beside them. */
"use strict";
{
  const rowsOf = (group) => [...group.querySelectorAll(".row-of-rows:not(.empty-form)")];
  const say = document.createElement("p");
  say.className = "visually-hidden";
  say.setAttribute("role", "status");

  const number = (group) => rowsOf(group).forEach((row, index) => {
    row.querySelector(".row-position").value = index + 1;
  });

  const announce = (group, row) => {
    const rows = rowsOf(group);
    say.textContent = `Now in place ${rows.indexOf(row) + 1} of ${rows.length}.`;
    row.dispatchEvent(new Event("change", { bubbles: true }));
    row.dispatchEvent(new Event("rows:moved", { bubbles: true }));
  };

  const move = (group, row, step, button) => {
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    number(group);
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
      handle,
    );
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
    const place = (row) => parseInt(row.querySelector(".row-position")?.value || "1000000", 10);
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
  document.addEventListener("change", (event) => {
    const row = event.target instanceof Element && event.target.closest(".sections .row-of-rows");
    if (row) title(row);
  });
}
