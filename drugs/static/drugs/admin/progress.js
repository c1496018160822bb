// The progress of an import: asks every two seconds and shows the answer; reads the page anew when it has ended.
"use strict";
(function () {
  const shown = document.getElementById("progress");

  async function ask() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      if (!answer.ok || !now || !("running" in now.dataset)) {
        location.reload();
        return;
      }
      if (now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
    } catch {
      // The server is away for a moment; the work goes on without it.
    }
    setTimeout(ask, 2000);
  }

  setTimeout(ask, 1000);
})();
