/* Store of the words that were typed and never saved: they belong to an account, and log-out empties it.

   Runs on every page of the desk. Keys are `medinfo-unsaved:<account>:<path>`, values {text, sent, version, at}. A session
   that merely ended keeps them, and only the same account is offered them again. */
"use strict";
{
  const PREFIX = "medinfo-unsaved:", LOGGED_OUT = "medinfo-logged-out", SENT = "medinfo-sent", KEEP_DAYS = 30;
  const account = document.currentScript.dataset.account;
  const key = (path) => `${PREFIX}${account}:${path}`;

  /* No room, or storage is switched off: nothing is kept, and nothing breaks. */
  const attempt = (act) => { try { return act(); } catch { return null; } };

  const read = (stored) => {
    const words = attempt(() => JSON.parse(localStorage.getItem(stored) || "null"));
    return words && Date.now() - words.at < KEEP_DAYS * 86400000 ? words : null;
  };

  const removeAll = (isGone) => attempt(() => {
    for (const stored of Object.keys(localStorage)) {
      if (stored.startsWith(PREFIX) && isGone(stored)) localStorage.removeItem(stored);
    }
  });

  globalThis.unsavedWords = {
    get: () => read(key(location.pathname)),
    put: (words) => { if (account) attempt(() => localStorage.setItem(key(location.pathname), JSON.stringify({ ...words, at: Date.now() }))); },
    remove: () => attempt(() => localStorage.removeItem(key(location.pathname))),
    /* The next page of this tab says whether what was sent arrived. */
    send: () => attempt(() => sessionStorage.setItem(SENT, key(location.pathname))),
    /* `act` runs when this account logs out, in this tab or another. */
    onLogOut: (act) => {
      document.addEventListener("desk:logged-out", act);
      window.addEventListener("storage", (event) => { if (event.key === LOGGED_OUT && event.newValue === account) act(); });
    },
  };

  /* Too old, or of a time when words had no account: then nobody knows whose they are. */
  removeAll((stored) => !/^\d+:/.test(stored.slice(PREFIX.length)) || !read(stored));

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".log-out") || !account) return;
    removeAll((stored) => stored.startsWith(key("")));
    attempt(() => { localStorage.setItem(LOGGED_OUT, account); localStorage.removeItem(LOGGED_OUT); });
    document.dispatchEvent(new Event("desk:logged-out"));
  });

  document.addEventListener("DOMContentLoaded", () => {
    const sent = attempt(() => sessionStorage.getItem(SENT));
    attempt(() => sessionStorage.removeItem(SENT));
    if (sent?.startsWith(key("")) && document.querySelector(".messagelist .success")) attempt(() => localStorage.removeItem(sent));
  });
}
