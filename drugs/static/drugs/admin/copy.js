/* A button at each address or secret that is to be passed on, which copies it. Without it people select and copy. */
"use strict";
{
  const select = (place) => {
    if (place.select) return place.select();
    const range = document.createRange();
    range.selectNodeContents(place);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copy = async (place) => {
    const text = place.value ?? place.textContent;
    try {
      await navigator.clipboard.writeText(text); /* only there on a secure connection */
      return true;
    } catch {
      select(place);
      return document.execCommand("copy");
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button"), said = document.createElement("span");
      button.type = "button";
      button.className = "button copy";
      button.textContent = place.dataset.copy;
      said.setAttribute("role", "status");
      button.addEventListener("click", async () => {
        said.textContent = "";
        said.textContent = (await copy(place)) ? " Copied." : " It is selected: press Ctrl+C.";
      });
      place.after(" ", button, said);
    }
  });
}
