/* Who hands a text in begins at the first field, and still sees what changed above it. */
"use strict";
document.addEventListener("DOMContentLoaded", () => document.getElementById("id_kind")?.focus({ preventScroll: true }));
