/* Labels beside a section: fetched when somebody unfolds them, so that the form stays light. */
"use strict";
{
  const load = async (fold) => {
    const address = fold.dataset.labels;
    if (!address) return;
    delete fold.dataset.labels;
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.textContent = "Fetching the labels …";
    fold.append(status);
    try {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".labels");
      if (!part) throw new Error("no labels");
      fold.querySelector("p").replaceWith(document.adoptNode(part));
      status.remove();
    } catch {
      fold.dataset.labels = address;
      status.textContent = "The labels cannot be fetched. The link opens them on a page of their own.";
    }
  };
  document.addEventListener("toggle", (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.open && event.target.matches(".label-fold")) {
      load(event.target);
    }
  }, true);
}
