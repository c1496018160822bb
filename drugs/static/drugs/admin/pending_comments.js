/* A comment that is typed and not added yet goes nowhere with another form of the review: it is asked for first. */
"use strict";
{
  const pending = (sent) => [...document.querySelectorAll(".talk-add textarea")].find(
    (field) => field.form !== sent && field.value.trim());

  document.addEventListener("submit", (event) => {
    const field = pending(event.target);
    if (!field) return;
    event.preventDefault();
    event.stopPropagation();
    field.closest("details").open = true;
    if (!field.form.querySelector(".errornote")) {
      const words = document.createElement("p");
      words.className = "errornote";
      words.setAttribute("role", "alert");
      words.textContent = "This comment is not added yet. Add it, or empty it, and go on.";
      field.form.prepend(words);
    }
    field.focus();
    field.scrollIntoView({ block: "center" });
  }, true);
}
