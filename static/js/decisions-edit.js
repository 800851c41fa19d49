/* Decisions that are typed below an item: more of them, and more who carry them out. Without this script a page offers
   one more decision and two more organisations each time it is saved. */
"use strict";

(() => {
  const one = (name, root) => root.querySelector(`[data-${name}]`);

  function count(section, name) {
    const total = section.querySelector(`[name="${name}-TOTAL_FORMS"]`);
    const index = Number(total.value);
    total.value = index + 1;
    return index;
  }

  function addDecision(section) {
    const prefix = section.dataset.prefix;
    const index = count(section, prefix);
    const markup = one("empty-decision", section).innerHTML.replaceAll(`${prefix}-__prefix__`, `${prefix}-${index}`);
    one("decisions", section).insertAdjacentHTML("beforeend", markup);
    const added = one("decisions", section).lastElementChild;
    prepare(section, added);
    added.querySelector("textarea").focus();
  }

  function addDuty(section, decision) {
    const rows = decision.querySelectorAll("[data-duty]");
    const row = rows[rows.length - 1].cloneNode(true);
    const index = count(section, row.querySelector("select").name.replace(/-\d+-role$/, ""));
    for (const element of row.querySelectorAll("[name], [for]")) {
      for (const name of ["name", "id", "for"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/-duties-\d+-/, `-duties-${index}-`));
      }
      if (element.name) element.value = element.matches("select") ? "support" : "";
    }
    for (const complaint of row.querySelectorAll(".errorlist")) complaint.remove();
    rows[rows.length - 1].after(row);
    row.querySelector("input").focus();
  }

  function prepare(section, decision) {
    const button = one("add-duty", decision);
    button.hidden = false;
    button.addEventListener("click", () => addDuty(section, decision));
  }

  for (const section of document.querySelectorAll(".decisions-edit[data-prefix]")) {
    for (const decision of section.querySelectorAll("[data-decisions] > [data-decision]")) prepare(section, decision);
    one("add-decision", section).hidden = false;
    one("add-decision", section).addEventListener("click", () => addDecision(section));
  }
})();
