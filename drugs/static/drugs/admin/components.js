/* The components that a row may name: the ingredients as they stand in the form now, and what other rows name. */
"use strict";
{
  const named = () => [
    ...document.querySelectorAll("#ingredients-group .row-of-rows:not(.empty-form) .field-text input"),
    ...document.querySelectorAll("#ingredients-group .row-of-rows:not(.empty-form) .field-text textarea"),
    ...document.querySelectorAll(".row-of-rows:not(.empty-form) .field-component input"),
  ].map((input) => input.value.trim());

  /* Only a page with several ingredients, or one that names some already, has fields for them. */
  const ingredients = () => document.querySelectorAll("#ingredients-group .row-of-rows:not(.empty-form)").length;
  document.addEventListener("formset:added", () => { if (ingredients() > 1) document.body.classList.add("with-components"); });

  document.addEventListener("focusin", (event) => {
    if (!(event.target instanceof Element) || event.target.getAttribute("list") !== "components") return;
    const options = [...new Set(named())].filter(Boolean).map((name) => {
      const option = document.createElement("option");
      option.value = name;
      return option;
    });
    document.getElementById("components").replaceChildren(...options);
  });
}
